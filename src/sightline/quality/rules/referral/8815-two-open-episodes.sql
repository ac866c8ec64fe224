-- code: 8815
-- severity: error
-- title: More than one open episode of need
-- message: A child has more than one episode of need without a closure date.
-- fields: referral.referral_date, referral.closure_date, referral.no_further_action
-- points: referral.closure_date
-- source: DfE CIN census validation rules 2025/26, rule 8815
SELECT r.child_id, r.file, r.sheet, r.line, CAST(r.referral_date AS VARCHAR) AS value
FROM referral AS r
JOIN (
    SELECT child_id
    FROM referral
    WHERE closure_date IS NULL AND no_further_action IS NOT TRUE
    GROUP BY child_id
    HAVING COUNT(*) > 1
) AS twice ON twice.child_id = r.child_id
WHERE r.closure_date IS NULL AND r.no_further_action IS NOT TRUE
