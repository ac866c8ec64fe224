-- code: FD-09
-- version: 1
-- title: Referrals by source
-- area: Front door
-- measure: profile
-- unit: percent
-- better: neutral
-- fields: referral.referral_date, referral.referral_source
-- definition: Of referrals in the period, the share from each source, grouped as in the
--     published table.
-- source: LAIT 374; DfE children in need table c5
SELECT
    child_id,
    referral_date AS day,
    CASE
        WHEN referral_source IN ('1A', '1B', '1C', '1D') THEN 'Individual'
        WHEN referral_source = '2A' THEN 'Schools'
        WHEN referral_source = '2B' THEN 'Education services'
        WHEN referral_source IN ('3A', '3B', '3C', '3D', '3E', '3F') THEN 'Health services'
        WHEN referral_source = '4' THEN 'Housing'
        WHEN referral_source IN ('5A', '5B', '5C', '5D') THEN 'Local authority services'
        WHEN referral_source = '6' THEN 'Police'
        WHEN referral_source = '7' THEN 'Other legal agency'
        WHEN referral_source = '8' THEN 'Other'
        WHEN referral_source = '9' THEN 'Anonymous'
        WHEN referral_source = '10' THEN 'Unknown'
        ELSE 'Not known'
    END AS category,
    referral_source
FROM referral
