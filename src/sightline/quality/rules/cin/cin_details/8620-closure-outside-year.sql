-- code: 8620
-- severity: error
-- title: Closure outside the year
-- message: An episode that closed before the first day of the return does not belong in it;
--     otherwise mend the date.
-- reading: The first and the last day of the return are in the year.
-- module: CINdetails
-- official: CIN Closure Date present and does not fall within the Census year
-- fields: referral.closure_date
-- points: referral.closure_date
-- source: DfE CIN census validation rules 2025/26, rule 8620
SELECT r.child_id, r.file, r.sheet, r.line, CAST(r.closure_date AS VARCHAR) AS value
FROM referral AS r
JOIN return_period AS p ON r.closure_date < p.period_start OR p.period_end < r.closure_date
