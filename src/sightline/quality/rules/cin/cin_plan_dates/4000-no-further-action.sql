-- code: 4000
-- severity: error
-- title: Child in need plan after no further action
-- message: Change the answer about no further action, or take out the plan.
-- reading: Where a child has two episodes from one day, it is not known which of them the plan
--     belongs to; then the rule speaks only if neither led to action.
-- module: CINPlanDates
-- official: CIN Plan details provided for a referral with no further action
-- fields: cin_plan.start_date, cin_plan.referral_date, referral.referral_date,
--     referral.no_further_action
-- points: cin_plan.start_date, referral.no_further_action
-- source: DfE CIN census validation rules 2025/26, rule 4000
WITH no_action AS (
    SELECT child_id, referral_date
    FROM referral
    GROUP BY child_id, referral_date
    HAVING BOOL_AND(COALESCE(no_further_action, FALSE))
)
SELECT n.child_id, n.file, n.sheet, n.line, CAST(n.start_date AS VARCHAR) AS value,
    'cin_plan.start_date' AS points
FROM cin_plan AS n
JOIN no_action AS e ON e.child_id = n.child_id AND e.referral_date = n.referral_date
UNION ALL
SELECT r.child_id, r.file, r.sheet, r.line, CAST(r.no_further_action AS VARCHAR),
    'referral.no_further_action'
FROM referral AS r
JOIN no_action AS e ON e.child_id = r.child_id AND e.referral_date = r.referral_date
WHERE EXISTS (
    SELECT *
    FROM cin_plan AS n
    WHERE n.child_id = r.child_id AND n.referral_date = r.referral_date
)
