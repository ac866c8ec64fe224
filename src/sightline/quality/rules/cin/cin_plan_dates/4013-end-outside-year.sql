-- code: 4013
-- severity: error
-- title: Child in need plan ends outside the year
-- message: A plan that ended before the first day of the return does not belong in it; otherwise
--     mend the date.
-- reading: The first and the last day of the return are in the year; a plan that is open has no end
--     to be wrong.
-- module: CINPlanDates
-- official: CIN Plan end date must fall within the census year
-- fields: cin_plan.end_date
-- points: cin_plan.end_date
-- source: DfE CIN census validation rules 2025/26, rule 4013
SELECT n.child_id, n.file, n.sheet, n.line, CAST(n.end_date AS VARCHAR) AS value
FROM cin_plan AS n
JOIN return_period AS p ON n.end_date < p.period_start OR p.period_end < n.end_date
