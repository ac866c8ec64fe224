-- code: 8940
-- severity: error
-- title: Child protection plans overlap
-- message: A plan starts before the child's earlier plan has ended.
-- fields: cp_plan.start_date, cp_plan.end_date
-- points: cp_plan.start_date
-- source: DfE CIN census validation rules 2025/26, rule 8940
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM (
    SELECT
        t.*,
        MAX(COALESCE(t.end_date, DATE '9999-12-31')) OVER (
            PARTITION BY t.child_id ORDER BY t.start_date, t.line
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS busy_until
    FROM cp_plan AS t
) AS ordered
WHERE start_date < busy_until
