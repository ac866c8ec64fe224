-- code: 8832
-- severity: error
-- title: Child protection plan under a referral without further action
-- message: The referral is said to have led to no further action, but the episode has a child
--     protection plan.
-- reading: The plan and the referral are named. Of several episodes of the child with one referral
--     date, all must be without further action, because it is not known whose the plan is.
-- module: ChildProtectionPlans
-- official: Child Protection details provided for a referral with no further action.
-- fields: cp_plan.start_date, cp_plan.referral_date, referral.no_further_action
-- points: cp_plan.start_date, referral.no_further_action
-- source: DfE CIN census validation rules 2025/26, rule 8832
WITH no_action AS (
    SELECT child_id, referral_date
    FROM referral
    GROUP BY child_id, referral_date
    HAVING COUNT(*) = COUNT(CASE WHEN no_further_action THEN child_id END)
)
SELECT
    p.child_id,
    p.file,
    p.sheet,
    p.line,
    CAST(p.start_date AS VARCHAR) AS value,
    'cp_plan.start_date' AS points
FROM cp_plan AS p
JOIN no_action AS n ON n.child_id = p.child_id AND n.referral_date = p.referral_date
UNION ALL
SELECT
    r.child_id,
    r.file,
    r.sheet,
    r.line,
    CAST(r.no_further_action AS VARCHAR),
    'referral.no_further_action'
FROM referral AS r
JOIN no_action AS n ON n.child_id = r.child_id AND n.referral_date = r.referral_date
WHERE EXISTS (
    SELECT *
    FROM cp_plan AS p
    WHERE p.child_id = r.child_id AND p.referral_date = r.referral_date
)
