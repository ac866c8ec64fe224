-- code: 8935
-- severity: error
-- title: More than one open plan
-- message: The child has more than one child protection plan without an end.
-- reading: Every open plan of the child is named, in whichever episodes they stand. Plans said to
--     be another authority's are left out.
-- module: ChildProtectionPlans
-- official: This child is showing more than one open Child Protection plan, i.e. with no End Date
-- records: cin, annex_a, ssda903, ssd, dfe_api
-- fields: cp_plan.start_date, cp_plan.end_date
-- points: cp_plan.end_date
-- source: DfE CIN census validation rules 2025/26, rule 8935
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM (
    SELECT p.*, COUNT(*) OVER (PARTITION BY p.child_id) AS open_plans
    FROM cp_plan AS p
    WHERE p.end_date IS NULL AND p.other_authority IS NOT TRUE
) AS still_open
WHERE open_plans > 1
