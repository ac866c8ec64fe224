-- code: A-801
-- severity: query
-- title: Care ended before the window of the list
-- message: The list holds what ended before the days it covers; draw it again with the right days.
-- reading: A list covers the days that the return covers, which are six months unless its notes
--     state more; what is named is the earliest row before them, as a list that reaches too far
--     back is drawn again, not mended row by row.
-- module: List 8
-- fields: care_episode.end_date
-- points: care_episode.end_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM (
    SELECT t.*, ROW_NUMBER() OVER (ORDER BY t.end_date, t.line) AS place
    FROM care_episode AS t
    CROSS JOIN return_period AS r
    WHERE t.end_date < r.period_start
) AS earlier
WHERE place = 1
