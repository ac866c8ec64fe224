-- code: 2990
-- severity: error
-- title: Activity where the case closed after assessment
-- message: Change the reason for closure, or take out the enquiry, conference or plan that the
--     episode should not have.
-- reading: Activity is a section 47 enquiry, an initial conference, a child in need plan or a child
--     protection plan; the assessment after which the case closed is none. A conference under an
--     enquiry is named with the enquiry. Where a child has two episodes from one day, it is not
--     known which of them the activity belongs to; then the rule speaks only if both closed so.
-- module: CINdetails
-- official: Activity is recorded against a case marked as ‘Case closed after assessment, no further
--     action’ or 'case closed after assessment, referred to early help'.
-- fields: referral.referral_date, referral.closure_reason
-- points: referral.closure_reason, section_47.start_date, conference.conference_date,
--     cin_plan.start_date, cp_plan.start_date
-- source: DfE CIN census validation rules 2025/26, rule 2990
WITH closed_after_assessment AS (
    SELECT child_id, referral_date
    FROM referral
    GROUP BY child_id, referral_date
    HAVING BOOL_AND(COALESCE(closure_reason IN ('RC8', 'RC9'), FALSE))
),
activity AS (
    SELECT
        child_id, referral_date, file, sheet, line, start_date AS day,
        'section_47.start_date' AS points
    FROM section_47
    UNION ALL
    SELECT
        child_id, referral_date, file, sheet, line, conference_date,
        'conference.conference_date'
    FROM conference
    WHERE section_47_start IS NULL
    UNION ALL
    SELECT child_id, referral_date, file, sheet, line, start_date, 'cin_plan.start_date'
    FROM cin_plan
    UNION ALL
    SELECT child_id, referral_date, file, sheet, line, start_date, 'cp_plan.start_date'
    FROM cp_plan
)
SELECT r.child_id, r.file, r.sheet, r.line, r.closure_reason AS value,
    'referral.closure_reason' AS points
FROM referral AS r
JOIN closed_after_assessment AS e
    ON e.child_id = r.child_id AND e.referral_date = r.referral_date
WHERE EXISTS (
    SELECT *
    FROM activity AS a
    WHERE a.child_id = r.child_id AND a.referral_date = r.referral_date
)
UNION ALL
SELECT a.child_id, a.file, a.sheet, a.line, CAST(a.day AS VARCHAR), a.points
FROM activity AS a
JOIN closed_after_assessment AS e
    ON e.child_id = a.child_id AND e.referral_date = a.referral_date
