-- code: 1104
-- severity: error
-- title: Conference before the referral
-- message: The conference is dated before the referral it belongs to.
-- reading: It may be on the day of the referral. A conference recorded under the episode, as for a
--     child who transfers in, is held to the same: it is the one this authority held.
-- module: Section47
-- official: The date of the initial child protection conference cannot be before the referral date
-- records: annex_a, ssd, dfe_api
-- fields: conference.conference_date, conference.referral_date
-- points: conference.conference_date
-- source: DfE CIN census validation rules 2025/26, rule 1104
SELECT child_id, file, sheet, line, CAST(conference_date AS VARCHAR) AS value
FROM conference
WHERE conference_date < referral_date
