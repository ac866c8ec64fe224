-- code: CI-03
-- version: 1
-- title: Children in need for two years or more
-- area: Children in need
-- measure: stock share
-- unit: percent
-- better: neutral
-- by: district, team, worker
-- fields: referral.referral_date, referral.closure_date
-- definition: Of children in need on the day (CI-01), those whose referral is on or before the
--     day minus 24 months.
-- source: DfE children in need table b4
SELECT
    child_id,
    referral_date AS opens,
    closure_date AS closes,
    CASE
        WHEN EXTRACT(DAY FROM referral_date + INTERVAL 24 MONTH) < EXTRACT(DAY FROM referral_date)
            THEN CAST(referral_date + INTERVAL 24 MONTH + INTERVAL 1 DAY AS DATE)
        ELSE CAST(referral_date + INTERVAL 24 MONTH AS DATE)
    END AS met_from,
    CAST(NULL AS DATE) AS met_until,
    TRUE AS known,
    district,
    team,
    worker
FROM referral
WHERE no_further_action IS NOT TRUE
