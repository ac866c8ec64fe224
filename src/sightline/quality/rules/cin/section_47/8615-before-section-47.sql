-- code: 8615
-- severity: error
-- title: Conference before the section 47 enquiry
-- message: The conference is dated before the enquiry it is recorded under, so it is left out of
--     timeliness, or the start of that enquiry is missing.
-- reading: A start that cannot be read is missing. The start is asked for only where the enquiry
--     has a conference. A conference recorded under the episode follows no enquiry.
-- module: Section47
-- official: Section 47 Enquiry Start Date must be present and cannot be later than the date of the
--     initial Child Protection Conference
-- records: annex_a, ssd, dfe_api
-- fields: conference.conference_date, conference.section_47_start
-- points: conference.conference_date
-- source: DfE CIN census validation rules 2025/26, rule 8615
SELECT child_id, file, sheet, line, CAST(conference_date AS VARCHAR) AS value
FROM conference
WHERE conference_date < section_47_start OR (under_enquiry AND section_47_start IS NULL)
