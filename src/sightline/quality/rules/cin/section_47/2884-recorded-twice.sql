-- code: 2884
-- severity: error
-- title: Conference recorded under the enquiry and under the episode
-- message: The same conference stands under a section 47 enquiry and apart from one; it should
--     stand in one place.
-- reading: A conference is the same if child and date are. Both records are named.
-- module: Section47
-- official: An initial child protection conference is recorded at both the S47 and CIN Details level
--     and it should only be recorded in one
-- records: annex_a, ssd, dfe_api
-- fields: conference.conference_date, conference.section_47_start
-- points: conference.conference_date
-- source: DfE CIN census validation rules 2025/26, rule 2884
SELECT c.child_id, c.file, c.sheet, c.line, CAST(c.conference_date AS VARCHAR) AS value
FROM conference AS c
WHERE EXISTS (
    SELECT *
    FROM conference AS other
    WHERE other.child_id = c.child_id
        AND other.conference_date = c.conference_date
        AND (other.section_47_start IS NULL) <> (c.section_47_start IS NULL)
)
