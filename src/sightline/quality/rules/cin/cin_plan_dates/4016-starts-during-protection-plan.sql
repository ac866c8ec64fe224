-- code: 4016
-- severity: error
-- title: Child in need plan starts during a child protection plan
-- message: The child in need plan starts while a child protection plan of the child is in force;
--     mend the one’s start or the other’s end.
-- reading: Rules 4016 and 4017 share a message: 4016 finds a child in need plan that starts while a
--     child protection plan runs, 4017 the reverse; two that start on one day break both. The plan
--     in force runs from its start, and one without an end goes on. The child in need plan may
--     start on the day the other ends, when the child steps down. Plans are compared over all
--     episodes of the child; both plans are named. Plans of another authority are left out.
-- module: CINPlanDates
-- official: A CIN Plan has been reported as open at the same time as a Child Protection Plan.
-- records: cin, annex_a, ssd, dfe_api
-- fields: cin_plan.start_date, cin_plan.end_date, cp_plan.start_date, cp_plan.end_date
-- points: cin_plan.start_date, cp_plan.end_date
-- source: DfE CIN census validation rules 2025/26, rule 4016
SELECT n.child_id, n.file, n.sheet, n.line, CAST(n.start_date AS VARCHAR) AS value,
    'cin_plan.start_date' AS points
FROM cin_plan AS n
WHERE EXISTS (
    SELECT *
    FROM cp_plan AS p
    WHERE p.child_id = n.child_id
        AND p.other_authority IS NOT TRUE
        AND p.start_date <= n.start_date
        AND n.start_date < COALESCE(p.end_date, DATE '9999-12-31')
)
UNION ALL
SELECT p.child_id, p.file, p.sheet, p.line, CAST(p.end_date AS VARCHAR), 'cp_plan.end_date'
FROM cp_plan AS p
WHERE p.other_authority IS NOT TRUE
    AND EXISTS (
        SELECT *
        FROM cin_plan AS n
        WHERE n.child_id = p.child_id
            AND p.start_date <= n.start_date
            AND n.start_date < COALESCE(p.end_date, DATE '9999-12-31')
    )
