-- code: 8867
-- severity: error
-- title: Closed with an assessment not completed
-- message: Give the date the assessment was authorised, or take out the closure.
-- reading: Every assessment of the episode must be completed. Where a child has two episodes from
--     one day, it is not known which of them an assessment belongs to; then the rule speaks only if
--     both are closed.
-- module: CINdetails
-- official: CIN episode is shown as closed, however Assessment is not shown as completed
-- fields: referral.referral_date, referral.closure_date, assessment.referral_date,
--     assessment.authorisation_date
-- points: assessment.authorisation_date, referral.closure_date
-- source: DfE CIN census validation rules 2025/26, rule 8867
WITH closed AS (
    SELECT child_id, referral_date
    FROM referral
    GROUP BY child_id, referral_date
    HAVING COUNT(closure_date) = COUNT(*)
)
SELECT a.child_id, a.file, a.sheet, a.line, CAST(a.authorisation_date AS VARCHAR) AS value,
    'assessment.authorisation_date' AS points
FROM assessment AS a
JOIN closed AS e ON e.child_id = a.child_id AND e.referral_date = a.referral_date
WHERE a.authorisation_date IS NULL
UNION ALL
SELECT r.child_id, r.file, r.sheet, r.line, CAST(r.closure_date AS VARCHAR),
    'referral.closure_date'
FROM referral AS r
JOIN closed AS e ON e.child_id = r.child_id AND e.referral_date = r.referral_date
WHERE EXISTS (
    SELECT *
    FROM assessment AS a
    WHERE a.child_id = r.child_id
        AND a.referral_date = r.referral_date
        AND a.authorisation_date IS NULL
)
