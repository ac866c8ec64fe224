-- code: 4014
-- severity: error
-- title: Child in need plans overlap
-- message: A child in need plan starts before the child's earlier one has ended.
-- fields: cin_plan.start_date, cin_plan.end_date
-- points: cin_plan.start_date
-- source: DfE CIN census validation rules 2025/26, rule 4014
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM (
    SELECT
        t.*,
        MAX(COALESCE(t.end_date, DATE '9999-12-31')) OVER (
            PARTITION BY t.child_id ORDER BY t.start_date, t.line
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS busy_until
    FROM cin_plan AS t
) AS ordered
WHERE start_date < busy_until
