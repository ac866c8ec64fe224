-- code: 4001
-- severity: error
-- title: Child in need plan and child protection plan both open
-- message: End the child in need plan or the child protection plan; a child is on one of them at a
--     time.
-- reading: The two run concurrently where neither has an end; rules 4016 and 4017 find plans that
--     did so for a while. They are compared over all episodes of the child. Plans of another
--     authority are left out.
-- module: CINPlanDates
-- official: A CIN Plan cannot run concurrently with a Child Protection Plan
-- records: cin, annex_a, ssd, dfe_api
-- fields: cin_plan.start_date, cin_plan.end_date, cp_plan.start_date, cp_plan.end_date
-- points: cin_plan.end_date, cp_plan.end_date
-- source: DfE CIN census validation rules 2025/26, rule 4001
SELECT n.child_id, n.file, n.sheet, n.line, CAST(n.end_date AS VARCHAR) AS value,
    'cin_plan.end_date' AS points
FROM cin_plan AS n
WHERE n.end_date IS NULL
    AND EXISTS (
        SELECT *
        FROM cp_plan AS p
        WHERE p.child_id = n.child_id
            AND p.end_date IS NULL
            AND p.other_authority IS NOT TRUE
    )
UNION ALL
SELECT p.child_id, p.file, p.sheet, p.line, CAST(p.end_date AS VARCHAR), 'cp_plan.end_date'
FROM cp_plan AS p
WHERE p.end_date IS NULL
    AND p.other_authority IS NOT TRUE
    AND EXISTS (
        SELECT *
        FROM cin_plan AS n
        WHERE n.child_id = p.child_id AND n.end_date IS NULL
    )
