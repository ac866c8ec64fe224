-- code: A-401
-- severity: query
-- title: Assessment finished before the window of the list
-- message: The list holds what was authorised before the days it covers; draw it again with the
--     right days.
-- reading: A list covers the days that the return covers, which are six months unless its notes
--     state more; what is named is the earliest row before them, as a list that reaches too far
--     back is drawn again, not mended row by row.
-- module: List 4
-- fields: assessment.authorisation_date
-- points: assessment.authorisation_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(authorisation_date AS VARCHAR) AS value
FROM (
    SELECT t.*, ROW_NUMBER() OVER (ORDER BY t.authorisation_date, t.line) AS place
    FROM assessment AS t
    CROSS JOIN return_period AS r
    WHERE t.authorisation_date < r.period_start
) AS earlier
WHERE place = 1
