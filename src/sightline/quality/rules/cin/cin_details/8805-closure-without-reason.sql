-- code: 8805
-- severity: error
-- title: Closure without a reason
-- message: A closed episode needs its reason for closure.
-- reading: A reason that is no code of the list is one; rule 8640 finds it.
-- module: CINdetails
-- official: A CIN case cannot have a CIN closure date without a Reason for Closure
-- records: annex_a, ssd, dfe_api
-- fields: referral.closure_date, referral.closure_reason
-- points: referral.closure_reason
-- source: DfE CIN census validation rules 2025/26, rule 8805
SELECT child_id, file, sheet, line, closure_reason AS value
FROM referral
WHERE closure_date IS NOT NULL AND closure_reason IS NULL
