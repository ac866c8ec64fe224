-- code: A-1001
-- severity: query
-- title: Adoption before the window of the list
-- message: The list holds an adoption order from before the twelve months to its last day; draw it
--     again with the right days.
-- reading: The list covers twelve months; what is named is the earliest row before them, as a list
--     that reaches too far back is drawn again, not mended row by row.
-- module: List 10
-- fields: adoption.order_date
-- points: adoption.order_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(order_date AS VARCHAR) AS value
FROM (
    SELECT t.*, ROW_NUMBER() OVER (ORDER BY t.order_date, t.line) AS place
    FROM adoption AS t
    CROSS JOIN return_period AS r
    WHERE t.order_date <= CAST(r.period_end - INTERVAL 12 MONTH AS DATE)
) AS earlier
WHERE place = 1
