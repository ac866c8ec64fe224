-- code: A-601
-- severity: query
-- title: Case closed before the window of the list
-- message: The list holds what was closed before the days it covers; draw it again with the right
--     days.
-- reading: A list covers the days that the return covers, which are six months unless its notes
--     state more; what is named is the earliest row before them, as a list that reaches too far
--     back is drawn again, not mended row by row.
-- module: List 6
-- fields: referral.closure_date
-- points: referral.closure_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(closure_date AS VARCHAR) AS value
FROM (
    SELECT t.*, ROW_NUMBER() OVER (ORDER BY t.closure_date, t.line) AS place
    FROM referral AS t
    CROSS JOIN return_period AS r
    WHERE t.closure_date < r.period_start
) AS earlier
WHERE place = 1
