-- code: 8925
-- severity: error
-- title: Plan ends before it starts
-- message: The child protection plan ends before it starts: it counts as a start and an end and
--     is never open.
-- module: ChildProtectionPlans
-- official: Child Protection Plan End Date earlier than Start Date
-- records: annex_a, ssda903, ssd, dfe_api
-- fields: cp_plan.start_date, cp_plan.end_date
-- points: cp_plan.end_date
-- source: DfE CIN census validation rules 2025/26, rule 8925
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM cp_plan
WHERE end_date < start_date
