-- code: 8816
-- severity: error
-- title: Open episode that is not the latest
-- message: Close the episode, as a later referral of the child follows it, or mend the dates.
-- reading: The later referral may itself be closed, or have led to no further action. Two open
--     episodes from one day are both the latest; rule 8815 finds them.
-- module: CINdetails
-- official: An open CIN episode is shown and case is not a referral with no further action, but it
--     is not the latest episode.
-- fields: referral.referral_date, referral.closure_date, referral.no_further_action
-- points: referral.closure_date
-- source: DfE CIN census validation rules 2025/26, rule 8816
SELECT child_id, file, sheet, line, CAST(closure_date AS VARCHAR) AS value
FROM (
    SELECT r.*, MAX(r.referral_date) OVER (PARTITION BY r.child_id) AS latest
    FROM referral AS r
) AS dated
WHERE closure_date IS NULL AND no_further_action IS FALSE AND referral_date < latest
