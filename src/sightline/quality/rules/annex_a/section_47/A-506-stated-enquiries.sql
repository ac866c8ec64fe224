-- code: A-506
-- severity: query
-- title: Fewer enquiries stated than the list shows
-- message: The list shows more enquiries of the child than the number stated for the last 12
--     months.
-- reading: Counted are the rows of the child in the 365 days to each. An authority may or may not
--     count the row itself, so one fewer is let pass.
-- module: List 5
-- fields: section_47.stated_enquiries, section_47.start_date
-- points: section_47.stated_enquiries
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(stated_enquiries AS VARCHAR) AS value
FROM (
    SELECT
        t.*,
        COUNT(*) OVER (
            PARTITION BY t.child_id ORDER BY t.start_date
            RANGE BETWEEN INTERVAL 364 DAY PRECEDING AND CURRENT ROW
        ) AS shown
    FROM section_47 AS t
) AS counted
WHERE stated_enquiries < shown - 1
