-- code: 8820
-- severity: error
-- title: Episodes of need overlap
-- message: An episode of need starts before the child's earlier one has closed.
-- fields: referral.referral_date, referral.closure_date
-- points: referral.referral_date
-- source: DfE CIN census validation rules 2025/26, rule 8820
SELECT child_id, file, sheet, line, CAST(referral_date AS VARCHAR) AS value
FROM (
    SELECT
        t.*,
        MAX(COALESCE(t.closure_date, DATE '9999-12-31')) OVER (
            PARTITION BY t.child_id ORDER BY t.referral_date, t.line
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS busy_until
    FROM referral AS t
    WHERE t.no_further_action IS NOT TRUE
) AS ordered
WHERE referral_date < busy_until
