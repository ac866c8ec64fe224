-- code: FD-07
-- version: 1
-- title: Referrals with no further action
-- area: Front door
-- measure: share
-- unit: percent
-- better: neutral
-- by: district, team, worker, source
-- fields: referral.referral_date, referral.no_further_action
-- definition: Of referrals in the period, those marked no further action.
-- source: LAIT 290; DfE children in need table c1
SELECT
    child_id,
    referral_date AS day,
    no_further_action AS met,
    district,
    team,
    worker,
    referral_source AS source
FROM referral
