-- code: 4012Q
-- severity: query
-- title: Child in need plan starts and ends on the same day
-- message: Check both dates of the plan.
-- module: CINPlanDates
-- official: Please check and either amend or provide a reason: CIN Plan shown as starting and
--     ending on the same day
-- fields: cin_plan.start_date, cin_plan.end_date
-- points: cin_plan.end_date
-- source: DfE CIN census validation rules 2025/26, rule 4012Q
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM cin_plan
WHERE end_date = start_date
