-- code: A-507
-- severity: query
-- title: Fewer conferences stated than the list shows
-- message: The list shows more conferences of the child than the number stated for the last 12
--     months.
-- reading: Counted are the rows of the child in the 365 days to each. An authority may or may not
--     count the row itself, so one fewer is let pass.
-- module: List 5
-- fields: conference.stated_conferences, conference.conference_date
-- points: conference.stated_conferences
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(stated_conferences AS VARCHAR) AS value
FROM (
    SELECT
        t.*,
        COUNT(*) OVER (
            PARTITION BY t.child_id ORDER BY t.conference_date
            RANGE BETWEEN INTERVAL 364 DAY PRECEDING AND CURRENT ROW
        ) AS shown
    FROM conference AS t
) AS counted
WHERE stated_conferences < shown - 1
