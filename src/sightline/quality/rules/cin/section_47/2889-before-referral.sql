-- code: 2889
-- severity: error
-- title: Section 47 enquiry starts before the referral
-- message: The enquiry starts before the referral it belongs to.
-- reading: It may start on the day of the referral.
-- module: Section47
-- official: The S47 start date cannot be before the referral date.
-- records: annex_a, ssd, dfe_api
-- fields: section_47.start_date, section_47.referral_date
-- points: section_47.start_date
-- source: DfE CIN census validation rules 2025/26, rule 2889
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM section_47
WHERE start_date < referral_date
