-- code: 8896
-- severity: error
-- title: More than one open assessment in an episode
-- message: The episode has more than one assessment without an end.
-- reading: Every open assessment of the episode is named. Episodes of a child with one referral
--     date are taken as one; where that date is not known, which assessments are of one episode is
--     not known either.
-- module: Assessments
-- official: Within one CINDetails group there are 2 or more open Assessments groups
-- fields: assessment.authorisation_date, assessment.referral_date
-- points: assessment.authorisation_date
-- source: DfE CIN census validation rules 2025/26, rule 8896
SELECT child_id, file, sheet, line, CAST(authorisation_date AS VARCHAR) AS value
FROM (
    SELECT a.*, COUNT(*) OVER (PARTITION BY a.child_id, a.referral_date) AS open_assessments
    FROM assessment AS a
    WHERE a.authorisation_date IS NULL AND a.referral_date IS NOT NULL
) AS still_open
WHERE open_assessments > 1
