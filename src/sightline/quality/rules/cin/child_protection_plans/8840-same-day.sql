-- code: 8840
-- severity: error
-- title: Plan starts and ends on one day
-- message: A child protection plan cannot start and end on the same day.
-- reading: One that ends before it starts is rule 8925's.
-- module: ChildProtectionPlans
-- official: Child Protection Plan cannot start and end on the same day
-- records: annex_a, ssda903, ssd, dfe_api
-- fields: cp_plan.start_date, cp_plan.end_date
-- points: cp_plan.end_date
-- source: DfE CIN census validation rules 2025/26, rule 8840
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM cp_plan
WHERE end_date = start_date
