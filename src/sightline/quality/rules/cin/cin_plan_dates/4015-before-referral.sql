-- code: 4015
-- severity: error
-- title: Child in need plan before the referral
-- message: Check the start of the plan and the date of the referral.
-- reading: The referral is that of the episode the plan is recorded under. A plan may start on its
--     day.
-- module: CINPlanDates
-- official: The CIN Plan start date cannot be before the referral date
-- fields: cin_plan.start_date, cin_plan.referral_date, referral.referral_date
-- points: cin_plan.start_date, referral.referral_date
-- source: DfE CIN census validation rules 2025/26, rule 4015
SELECT n.child_id, n.file, n.sheet, n.line, CAST(n.start_date AS VARCHAR) AS value,
    'cin_plan.start_date' AS points
FROM cin_plan AS n
WHERE n.start_date < n.referral_date
UNION ALL
SELECT r.child_id, r.file, r.sheet, r.line, CAST(r.referral_date AS VARCHAR),
    'referral.referral_date'
FROM referral AS r
WHERE EXISTS (
    SELECT *
    FROM cin_plan AS n
    WHERE n.child_id = r.child_id
        AND n.referral_date = r.referral_date
        AND n.start_date < r.referral_date
)
