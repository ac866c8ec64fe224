-- code: 8839
-- severity: error
-- title: More than one open section 47 enquiry in an episode
-- message: The episode has more than one enquiry without a conference that is not marked as
--     needing none.
-- reading: An enquiry is open until it has a conference or is marked as needing none. Every open
--     enquiry of the episode is named. Episodes of a child with one referral date are taken as
--     one; where that date is not known, which enquiries are of one episode is not known either.
-- module: Section47
-- official: Within one CINDetails group there are 2 or more open S47 Assessments
-- fields: section_47.conference_date, section_47.conference_not_required, section_47.referral_date
-- points: section_47.conference_date
-- source: DfE CIN census validation rules 2025/26, rule 8839
SELECT child_id, file, sheet, line, CAST(conference_date AS VARCHAR) AS value
FROM (
    SELECT q.*, COUNT(*) OVER (PARTITION BY q.child_id, q.referral_date) AS open_enquiries
    FROM section_47 AS q
    WHERE q.conference_date IS NULL
        AND q.conference_not_required IS NOT TRUE
        AND q.referral_date IS NOT NULL
) AS still_open
WHERE open_enquiries > 1
