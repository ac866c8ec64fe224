-- code: 8615
-- severity: error
-- title: Conference before the section 47 enquiry
-- message: The conference is dated before the enquiry it is recorded under, so it is left out of
--     timeliness.
-- fields: conference.conference_date, conference.section_47_start
-- points: conference.conference_date
-- source: DfE CIN census validation rules 2025/26, rule 8615
SELECT child_id, file, sheet, line, CAST(conference_date AS VARCHAR) AS value
FROM conference
WHERE conference_date < section_47_start
