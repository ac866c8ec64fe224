-- code: 2884
-- severity: error
-- title: Conference recorded under the enquiry and under the episode
-- message: The same conference stands under a section 47 enquiry and apart from one; it should
--     stand in one place.
-- reading: A conference is the same if child and date are, in whichever episodes. Both records are
--     named. An enquiry whose start is missing is still an enquiry.
-- module: Section47
-- official: An initial child protection conference is recorded at both the S47 and CIN Details
--     level and it should only be recorded in one
-- records: annex_a, ssd, dfe_api
-- fields: conference.conference_date, conference.section_47_start
-- points: conference.conference_date
-- source: DfE CIN census validation rules 2025/26, rule 2884
SELECT child_id, file, sheet, line, CAST(conference_date AS VARCHAR) AS value
FROM (
    SELECT
        c.*,
        COUNT(*) OVER (PARTITION BY c.child_id, c.conference_date) AS times,
        COUNT(
            CASE WHEN c.section_47_start IS NOT NULL OR c.under_enquiry THEN c.child_id END
        ) OVER (PARTITION BY c.child_id, c.conference_date) AS under_enquiries
    FROM conference AS c
) AS held
WHERE under_enquiries > 0 AND under_enquiries < times
