-- code: 8815
-- severity: error
-- title: More than one open episode of need
-- message: The child has more than one episode of need without a closure date.
-- reading: Every open episode of the child is named. Of an episode that does not say whether action
--     followed it is not known whether it opened; rule 8568 asks for the answer. In Annex A the
--     closure stands in another list than the referral, so its rows are left out.
-- module: CINdetails
-- official: More than one open CIN Details episode (a module with no CIN Closure Date) has been
--     provided for this child and case is not a referral with no further action.
-- records: cin, annex_a, ssd, dfe_api
-- fields: referral.referral_date, referral.closure_date, referral.no_further_action
-- points: referral.closure_date
-- source: DfE CIN census validation rules 2025/26, rule 8815
SELECT child_id, file, sheet, line, CAST(closure_date AS VARCHAR) AS value
FROM (
    SELECT r.*, COUNT(*) OVER (PARTITION BY r.child_id) AS open_episodes
    FROM referral AS r
    WHERE r.closure_date IS NULL AND r.no_further_action IS FALSE AND r.source <> 'annex_a'
) AS still_open
WHERE open_episodes > 1
