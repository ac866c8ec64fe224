-- code: FD-05
-- version: 1
-- title: Re-referrals within 12 months
-- area: Front door
-- measure: share
-- unit: percent
-- better: lower
-- by: district, team, worker, source
-- fields: referral.referral_date
-- looks_back: 12 months
-- definition: Of referrals in the period, those where the same child has an earlier referral
--     dated on or after the same calendar day 12 months before (29 February becomes 28 February)
--     and before the referral date.
-- note: Two referrals on one day do not make each other a re-referral. An earlier referral
--     counts whatever came of it. Referrals to other authorities are not known.
-- source: LAIT 271; DfE children in need table c1
SELECT
    r.child_id,
    r.referral_date AS day,
    COALESCE(
        p.previous_date >= CAST(r.referral_date - INTERVAL 12 MONTH AS DATE), FALSE
    ) AS met,
    p.previous_date,
    r.district,
    r.team,
    r.worker,
    r.referral_source AS source
FROM referral AS r
JOIN (
    SELECT
        child_id,
        referral_date,
        LAG(referral_date) OVER (PARTITION BY child_id ORDER BY referral_date) AS previous_date
    FROM (SELECT DISTINCT child_id, referral_date FROM referral) AS d
) AS p ON p.child_id = r.child_id AND p.referral_date = r.referral_date
