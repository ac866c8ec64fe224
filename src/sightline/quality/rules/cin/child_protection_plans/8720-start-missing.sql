-- code: 8720
-- severity: error
-- title: Plan start is missing or after the census year
-- message: Give the start of the child protection plan, which cannot be after the last day of the
--     census year.
-- reading: A plan may have started in an earlier year, because it is returned until it ends. A
--     start that cannot be read is missing. A plan with neither start nor end is no record, and is
--     found by its row.
-- module: ChildProtectionPlans
-- official: Child Protection Plan Start Date missing or out of data collection period
-- fields: cp_plan.start_date
-- points: cp_plan.start_date
-- source: DfE CIN census validation rules 2025/26, rule 8720
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM cp_plan
WHERE start_date IS NULL OR start_date > return_end
UNION ALL
SELECT child_id, file_key, CAST(NULL AS VARCHAR), line, value
FROM finding
WHERE code = 'row-without-key' AND table_name = 'cp_plan' AND column_name = 'start_date'
