-- code: 4001
-- severity: error
-- title: Child in need plan during a child protection plan
-- message: The child in need plan runs at the same time as a child protection plan of the child.
-- reading: A plan that starts on the day the other ends does not run at the same time. Plans of
--     another authority are left out.
-- module: CINPlanDates
-- official: A CIN Plan cannot run concurrently with a Child Protection Plan
-- records: cin, annex_a, ssd, dfe_api
-- fields: cin_plan.start_date, cin_plan.end_date, cp_plan.start_date, cp_plan.end_date
-- points: cin_plan.start_date
-- source: DfE CIN census validation rules 2025/26, rule 4001
SELECT n.child_id, n.file, n.sheet, n.line, CAST(n.start_date AS VARCHAR) AS value
FROM cin_plan AS n
WHERE EXISTS (
    SELECT *
    FROM cp_plan AS p
    WHERE p.child_id = n.child_id
        AND p.other_authority IS NOT TRUE
        AND n.start_date < COALESCE(p.end_date, DATE '9999-12-31')
        AND p.start_date < COALESCE(n.end_date, DATE '9999-12-31')
)
