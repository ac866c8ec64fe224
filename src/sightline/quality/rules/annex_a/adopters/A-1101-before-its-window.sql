-- code: A-1101
-- severity: query
-- title: Adopter left before the window of the list
-- message: The list holds an adopter who left before the twelve months to its last day; draw it
--     again with the right days.
-- reading: The list covers twelve months; what is named is the earliest row before them, as a list
--     that reaches too far back is drawn again, not mended row by row.
-- module: List 11
-- fields: adopter.left_date
-- points: adopter.left_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT CAST(NULL AS VARCHAR) AS child_id, file, sheet, line, CAST(left_date AS VARCHAR) AS value
FROM (
    SELECT t.*, ROW_NUMBER() OVER (ORDER BY t.left_date, t.line) AS place
    FROM adopter AS t
    CROSS JOIN return_period AS r
    WHERE t.left_date <= CAST(r.period_end - INTERVAL 12 MONTH AS DATE)
) AS earlier
WHERE place = 1
