-- code: 8630
-- severity: error
-- title: Closure before referral
-- message: The episode closes before the referral that opened it.
-- reading: An episode may close on the day of the referral.
-- module: CINdetails
-- official: CIN Closure Date is before CIN Referral Date for the same CIN episode
-- records: annex_a, ssd, dfe_api
-- fields: referral.referral_date, referral.closure_date
-- points: referral.closure_date
-- source: DfE CIN census validation rules 2025/26, rule 8630
SELECT child_id, file, sheet, line, CAST(closure_date AS VARCHAR) AS value
FROM referral
WHERE closure_date < referral_date
