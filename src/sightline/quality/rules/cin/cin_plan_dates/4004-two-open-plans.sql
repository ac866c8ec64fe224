-- code: 4004
-- severity: error
-- title: More than one open child in need plan
-- message: The child has more than one child in need plan without an end.
-- reading: Counted over all episodes of the child, as the message speaks of the child. Every open
--     plan is named.
-- module: CINPlanDates
-- official: This child is showing more than one open CIN Plan, i.e. with no End Date
-- fields: cin_plan.start_date, cin_plan.end_date
-- points: cin_plan.end_date
-- source: DfE CIN census validation rules 2025/26, rule 4004
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM (
    SELECT n.*, COUNT(*) OVER (PARTITION BY n.child_id) AS open_plans
    FROM cin_plan AS n
    WHERE n.end_date IS NULL
) AS still_open
WHERE open_plans > 1
