-- code: 8930
-- severity: error
-- title: Plan ends outside the census year
-- message: The child protection plan ends before the first or after the last day of the census
--     year, so it does not belong in this return or is still open.
-- reading: The year is that up to the ReferenceDate, both days included.
-- module: ChildProtectionPlans
-- official: Child Protection Plan End Date must fall within the census year
-- fields: cp_plan.end_date
-- points: cp_plan.end_date
-- source: DfE CIN census validation rules 2025/26, rule 8930
SELECT p.child_id, p.file, p.sheet, p.line, CAST(p.end_date AS VARCHAR) AS value
FROM cp_plan AS p
CROSS JOIN return_period AS r
WHERE p.end_date < r.period_start OR p.end_date > r.period_end
