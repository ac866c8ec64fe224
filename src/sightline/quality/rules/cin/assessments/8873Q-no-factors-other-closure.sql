-- code: 8873Q
-- severity: query
-- title: Factor 21 but not closed after assessment
-- message: The only assessment of the episode found no factors (code 21), so the reason for
--     closure should be RC8 or RC9.
-- reading: Code 21 says no further action as well, so an episode that is still open is asked about
--     too. Of episodes of the child with one referral date, none may have RC8 or RC9. Where the
--     child has other assessments that start on the same day, it is not known whose the factor is.
--     The factor and the episode are named.
-- module: Assessments
-- official: Please check and either amend data or provide a reason: When there is only one
--     assessment on the episode and the factors code “21 No factors identified” has been used for
--     the completed assessment, the reason for closure ‘RC8’ or 'RC9' should be used.
-- fields: assessment_factor.factor, referral.closure_reason, assessment.authorisation_date,
--     assessment.referral_date
-- points: assessment_factor.factor, referral.closure_reason
-- source: DfE CIN census validation rules 2025/26, rule 8873Q
WITH asked AS (
    SELECT a.child_id, a.referral_date, a.start_date
    FROM (
        SELECT
            t.*,
            COUNT(*) OVER (PARTITION BY t.child_id, t.referral_date) AS in_episode,
            COUNT(*) OVER (PARTITION BY t.child_id, t.start_date) AS of_day
        FROM assessment AS t
    ) AS a
    WHERE a.authorisation_date IS NOT NULL
        AND a.in_episode = 1
        AND a.of_day = 1
        AND a.referral_date IS NOT NULL
        AND NOT EXISTS (
            SELECT *
            FROM referral AS r
            WHERE r.child_id = a.child_id
                AND r.referral_date = a.referral_date
                AND r.closure_reason IN ('RC8', 'RC9')
        )
)
SELECT f.child_id, f.file, f.sheet, f.line, f.factor AS value, 'assessment_factor.factor' AS points
FROM assessment_factor AS f
JOIN asked AS a ON a.child_id = f.child_id AND a.start_date = f.start_date
WHERE f.factor = '21'
UNION ALL
SELECT r.child_id, r.file, r.sheet, r.line, r.closure_reason, 'referral.closure_reason'
FROM referral AS r
JOIN asked AS a ON a.child_id = r.child_id AND a.referral_date = r.referral_date
WHERE EXISTS (
    SELECT *
    FROM assessment_factor AS f
    WHERE f.child_id = a.child_id AND f.start_date = a.start_date AND f.factor = '21'
)
