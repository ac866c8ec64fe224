-- code: CI-01
-- version: 1
-- title: Children in need
-- area: Children in need
-- measure: stock
-- unit: episodes
-- better: neutral
-- per: population
-- by: district, team, worker
-- fields: referral.referral_date, referral.closure_date, referral.no_further_action
-- definition: Episodes of need open on the day: referral on or before it, and no closure or a
--     closure after it. Referrals marked no further action are left out.
-- source: DfE children in need table b1
SELECT
    child_id,
    referral_date AS opens,
    closure_date AS closes,
    primary_need,
    district,
    team,
    worker
FROM referral
WHERE no_further_action IS NOT TRUE
