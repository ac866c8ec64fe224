-- code: 8565
-- severity: error
-- title: Activity after the case is closed
-- message: An assessment, enquiry, conference or plan of the episode has a date after the episode
--     closed.
-- reading: The dates are those the Department lists: start and end of assessments, starts of
--     section 47 enquiries, initial conferences under an enquiry or the episode, start and end of
--     child in need plans, and the end of child protection plans, whose start is that of a
--     conference (rule 2885). A date on the day of closure is not after it. Each date that is
--     later is named, and the closure. Of several episodes of the child with one referral date,
--     all must have closed before, because it is not known whose the activity is.
-- module: ChildProtectionPlans
-- official: Activity shown after a case has been closed
-- fields: referral.referral_date, referral.closure_date
-- points: referral.closure_date, assessment.start_date, assessment.authorisation_date,
--     section_47.start_date, conference.conference_date, cin_plan.start_date, cin_plan.end_date,
--     cp_plan.end_date
-- source: DfE CIN census validation rules 2025/26, rule 8565
WITH activity AS (
    SELECT
        child_id, referral_date, file, sheet, line, start_date AS day,
        'assessment.start_date' AS points
    FROM assessment
    UNION ALL
    SELECT
        child_id, referral_date, file, sheet, line, authorisation_date,
        'assessment.authorisation_date'
    FROM assessment
    UNION ALL
    SELECT child_id, referral_date, file, sheet, line, start_date, 'section_47.start_date'
    FROM section_47
    UNION ALL
    SELECT child_id, referral_date, file, sheet, line, conference_date, 'conference.conference_date'
    FROM conference
    UNION ALL
    SELECT child_id, referral_date, file, sheet, line, start_date, 'cin_plan.start_date'
    FROM cin_plan
    UNION ALL
    SELECT child_id, referral_date, file, sheet, line, end_date, 'cin_plan.end_date'
    FROM cin_plan
    UNION ALL
    SELECT child_id, referral_date, file, sheet, line, end_date, 'cp_plan.end_date'
    FROM cp_plan
), closed AS (
    SELECT child_id, referral_date, MAX(closure_date) AS closure_date
    FROM referral
    GROUP BY child_id, referral_date
    HAVING COUNT(*) = COUNT(closure_date)
), later AS (
    SELECT a.*
    FROM activity AS a
    JOIN closed AS c ON c.child_id = a.child_id AND c.referral_date = a.referral_date
    WHERE a.day > c.closure_date
)
SELECT child_id, file, sheet, line, CAST(day AS VARCHAR) AS value, points
FROM later
UNION ALL
SELECT
    r.child_id, r.file, r.sheet, r.line, CAST(r.closure_date AS VARCHAR), 'referral.closure_date'
FROM referral AS r
WHERE EXISTS (
    SELECT *
    FROM later AS l
    WHERE l.child_id = r.child_id AND l.referral_date = r.referral_date
)
