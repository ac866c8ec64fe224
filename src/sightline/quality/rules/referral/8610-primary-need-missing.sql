-- code: 8610
-- severity: error
-- title: Primary need is missing
-- message: A referral that led to action needs its primary need.
-- fields: referral.primary_need, referral.no_further_action
-- points: referral.primary_need
-- source: DfE CIN census validation rules 2025/26, rule 8610
SELECT child_id, file, sheet, line, CAST(primary_need AS VARCHAR) AS value
FROM referral
WHERE primary_need IS NULL AND no_further_action IS FALSE AND closure_date IS NULL
