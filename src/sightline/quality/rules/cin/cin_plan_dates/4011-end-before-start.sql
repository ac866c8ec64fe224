-- code: 4011
-- severity: error
-- title: Child in need plan ends before it starts
-- message: The child in need plan ends before it starts.
-- reading: One that ends on the day it starts is rule 4012Q’s.
-- module: CINPlanDates
-- official: CIN Plan End Date earlier than Start Date
-- records: annex_a, ssd, dfe_api
-- fields: cin_plan.start_date, cin_plan.end_date
-- points: cin_plan.end_date
-- source: DfE CIN census validation rules 2025/26, rule 4011
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM cin_plan
WHERE end_date < start_date
