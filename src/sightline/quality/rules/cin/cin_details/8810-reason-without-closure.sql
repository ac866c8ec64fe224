-- code: 8810
-- severity: error
-- title: Reason for closure without a closure date
-- message: A reason for closure needs the date of closure.
-- reading: A date that cannot be read is as none.
-- module: CINdetails
-- official: A CIN case cannot have a Reason for Closure without a CIN Closure Date
-- records: annex_a, ssd, dfe_api
-- fields: referral.closure_date, referral.closure_reason
-- points: referral.closure_date
-- source: DfE CIN census validation rules 2025/26, rule 8810
SELECT child_id, file, sheet, line, CAST(closure_date AS VARCHAR) AS value
FROM referral
WHERE closure_date IS NULL AND closure_reason IS NOT NULL
