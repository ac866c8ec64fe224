-- code: 8730
-- severity: error
-- title: Number of previous plans is missing
-- message: Give the number of earlier child protection plans, 0 if there were none.
-- reading: A number below 0, or that cannot be read, says no more than none. Only the census and
--     Annex A have a place for the number.
-- module: ChildProtectionPlans
-- official: Total Number of previous Child Protection Plans missing
-- records: annex_a, ssda903, ssd, dfe_api
-- fields: cp_plan.previous_plans
-- points: cp_plan.previous_plans
-- source: DfE CIN census validation rules 2025/26, rule 8730
SELECT child_id, file, sheet, line, CAST(previous_plans AS VARCHAR) AS value
FROM cp_plan
WHERE (previous_plans IS NULL OR previous_plans < 0) AND source IN ('cin', 'annex_a')
