-- code: FD-02
-- version: 1
-- title: Referrals
-- area: Front door
-- measure: count
-- unit: referrals
-- better: neutral
-- per: population
-- by: district, team, worker, source
-- fields: referral.referral_date
-- definition: Referrals with a referral date in the period. Every referral counts.
-- source: LAIT 305; DfE children in need table c1
SELECT
    child_id,
    referral_date AS day,
    district,
    team,
    worker,
    referral_source AS source
FROM referral
