-- code: 4010
-- severity: error
-- title: Start of the child in need plan is missing or after the year
-- message: Give the start of the plan, on or before the last day of the return.
-- reading: A date that cannot be read is as none. A plan without its start gives no record, and is
--     found by its line. A plan that began before the year and lasted into it belongs in the
--     return, so only a start after the last day is outside the period.
-- module: CINPlanDates
-- official: CIN Plan start date is missing or out of data collection period
-- fields: cin_plan.start_date
-- points: cin_plan.start_date
-- source: DfE CIN census validation rules 2025/26, rule 4010
SELECT n.child_id, n.file, n.sheet, n.line, CAST(n.start_date AS VARCHAR) AS value
FROM cin_plan AS n
JOIN return_period AS p ON p.period_end < n.start_date
UNION ALL
SELECT child_id, file_key, NULL, line, value
FROM finding
WHERE code = 'row-without-key' AND table_name = 'cin_plan' AND column_name = 'start_date'
