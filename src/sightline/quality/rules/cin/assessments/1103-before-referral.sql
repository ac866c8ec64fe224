-- code: 1103
-- severity: error
-- title: Assessment starts before the referral
-- message: The assessment starts before the referral it belongs to.
-- reading: It may start on the day of the referral.
-- module: Assessments
-- official: The assessment start date cannot be before the referral date
-- records: annex_a, ssd, dfe_api
-- fields: assessment.start_date, assessment.referral_date
-- points: assessment.start_date
-- source: DfE CIN census validation rules 2025/26, rule 1103
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM assessment
WHERE start_date < referral_date
