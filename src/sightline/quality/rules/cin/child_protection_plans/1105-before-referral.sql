-- code: 1105
-- severity: error
-- title: Plan starts before the referral
-- message: The child protection plan starts before the referral it belongs to.
-- reading: It may start on the day of the referral. The plan of a child who transfers in starts
--     here with the conference this authority held. Plans said to be another authority's, which
--     the census cannot say, are left out: they may well be older than the referral here.
-- module: ChildProtectionPlans
-- official: The child protection plan start date cannot be before the referral date
-- records: annex_a, ssda903, ssd, dfe_api
-- fields: cp_plan.start_date, cp_plan.referral_date
-- points: cp_plan.start_date
-- source: DfE CIN census validation rules 2025/26, rule 1105
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM cp_plan
WHERE start_date < referral_date AND other_authority IS NOT TRUE
