-- code: A-501
-- severity: query
-- title: Enquiry and conference before the window of the list
-- message: The list holds an enquiry, and no later conference, from before the days it covers; draw
--     it again with the right days.
-- reading: A list covers the days that the return covers, which are six months unless its notes
--     state more; what is named is the earliest row before them, as a list that reaches too far
--     back is drawn again, not mended row by row. An enquiry belongs to the list by its conference
--     too.
-- module: List 5
-- fields: section_47.start_date, section_47.conference_date
-- points: section_47.start_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM (
    SELECT t.*, ROW_NUMBER() OVER (ORDER BY t.start_date, t.line) AS place
    FROM section_47 AS t
    CROSS JOIN return_period AS r
    WHERE COALESCE(t.conference_date, t.start_date) < r.period_start
) AS earlier
WHERE place = 1
