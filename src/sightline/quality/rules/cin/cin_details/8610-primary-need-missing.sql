-- code: 8610
-- severity: error
-- title: Primary need is missing
-- message: A referral that led to action needs its primary need.
-- reading: In Annex A the need stands in another list than the referral, and the daily return has
--     no place for it, so their rows are left out. Where it is not known whether action followed,
--     rule 8568 says so; a need that is no code of the list is rule 8650's.
-- module: CINdetails
-- official: Primary Need code is missing for a referral which led to further action.
-- records: annex_a, ssd, dfe_api
-- fields: referral.primary_need, referral.no_further_action
-- points: referral.primary_need
-- source: DfE CIN census validation rules 2025/26, rule 8610
SELECT child_id, file, sheet, line, primary_need AS value
FROM referral
WHERE primary_need IS NULL AND no_further_action IS FALSE AND source IN ('cin', 'ssd')
