-- code: 8568
-- severity: error
-- title: No further action is not answered
-- message: Say whether the referral led to no further action.
-- reading: An answer that is neither yes nor no is as none. In Annex A only the list of referrals
--     has the question, not that of children in need, so its rows are left out.
-- module: CINdetails
-- official: RNFA flag is missing or invalid
-- records: annex_a, ssd, dfe_api
-- fields: referral.no_further_action
-- points: referral.no_further_action
-- source: DfE CIN census validation rules 2025/26, rule 8568
SELECT child_id, file, sheet, line, CAST(no_further_action AS VARCHAR) AS value
FROM referral
WHERE no_further_action IS NULL AND source <> 'annex_a'
