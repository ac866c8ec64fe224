-- code: 8831
-- severity: error
-- title: Activity where the referral led to no further action
-- message: Change the answer about no further action, or take out the assessment, enquiry or
--     conference that the referral should not have.
-- reading: Activity is an assessment, a section 47 enquiry or an initial conference; plans are
--     rules 4000 and 8832. A conference under an enquiry is named with the enquiry. Where a child
--     has two episodes from one day, it is not known which of them the activity belongs to; then
--     the rule speaks only if neither led to action.
-- module: CINdetails
-- official: Activity is recorded against a case marked as a referral with no further action
-- fields: referral.referral_date, referral.no_further_action
-- points: referral.no_further_action, assessment.start_date, section_47.start_date,
--     conference.conference_date
-- source: DfE CIN census validation rules 2025/26, rule 8831
WITH no_action AS (
    SELECT child_id, referral_date
    FROM referral
    GROUP BY child_id, referral_date
    HAVING BOOL_AND(COALESCE(no_further_action, FALSE))
),
activity AS (
    SELECT
        child_id, referral_date, file, sheet, line, start_date AS day,
        'assessment.start_date' AS points
    FROM assessment
    UNION ALL
    SELECT child_id, referral_date, file, sheet, line, start_date, 'section_47.start_date'
    FROM section_47
    UNION ALL
    SELECT
        child_id, referral_date, file, sheet, line, conference_date,
        'conference.conference_date'
    FROM conference
    WHERE section_47_start IS NULL
)
SELECT r.child_id, r.file, r.sheet, r.line, CAST(r.no_further_action AS VARCHAR) AS value,
    'referral.no_further_action' AS points
FROM referral AS r
JOIN no_action AS e ON e.child_id = r.child_id AND e.referral_date = r.referral_date
WHERE EXISTS (
    SELECT *
    FROM activity AS a
    WHERE a.child_id = r.child_id AND a.referral_date = r.referral_date
)
UNION ALL
SELECT a.child_id, a.file, a.sheet, a.line, CAST(a.day AS VARCHAR), a.points
FROM activity AS a
JOIN no_action AS e ON e.child_id = a.child_id AND e.referral_date = a.referral_date
