-- code: 8935
-- severity: error
-- title: More than one open plan
-- message: A child has more than one child protection plan without an end.
-- fields: cp_plan.start_date, cp_plan.end_date
-- points: cp_plan.end_date
-- source: DfE CIN census validation rules 2025/26, rule 8935
SELECT p.child_id, p.file, p.sheet, p.line, CAST(p.start_date AS VARCHAR) AS value
FROM cp_plan AS p
JOIN (
    SELECT child_id FROM cp_plan WHERE end_date IS NULL GROUP BY child_id HAVING COUNT(*) > 1
) AS twice ON twice.child_id = p.child_id
WHERE p.end_date IS NULL
