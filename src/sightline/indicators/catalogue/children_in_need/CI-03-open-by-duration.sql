-- code: CI-03
-- part: duration
-- version: 1
-- title: Children in need by how long
-- area: Children in need
-- measure: stock profile
-- unit: percent
-- better: neutral
-- fields: referral.referral_date, referral.closure_date
-- definition: Of children in need on the day (CI-01), the share whose referral was under 3 months
--     ago, from 3 to under 6, from 6 to under 12, from 12 to under 24, and 24 months ago or more.
-- note: Months are counted back from the day, clamped to the month's end, as in CI-03.
-- source: DfE children in need table b4
SELECT
    child_id,
    CASE
        WHEN EXTRACT(DAY FROM reached) < EXTRACT(DAY FROM referral_date)
            THEN CAST(reached + INTERVAL 1 DAY AS DATE)
        ELSE reached
    END AS opens,
    CASE
        WHEN closure_date <= passed THEN closure_date
        WHEN EXTRACT(DAY FROM passed) < EXTRACT(DAY FROM referral_date)
            THEN CAST(passed + INTERVAL 1 DAY AS DATE)
        WHEN passed IS NOT NULL THEN passed
        ELSE closure_date
    END AS closes,
    category,
    referral_date
FROM (
    SELECT
        r.child_id,
        r.referral_date,
        r.closure_date,
        b.category,
        CAST(r.referral_date + b.from_month * INTERVAL 1 MONTH AS DATE) AS reached,
        CAST(r.referral_date + b.until_month * INTERVAL 1 MONTH AS DATE) AS passed
    FROM referral AS r
    CROSS JOIN (
        SELECT 0 AS from_month, 3 AS until_month, 'Under 3 months' AS category
        UNION ALL
        SELECT 3, 6, '3 to 6 months'
        UNION ALL
        SELECT 6, 12, '6 to 12 months'
        UNION ALL
        SELECT 12, 24, '1 to 2 years'
        UNION ALL
        SELECT 24, NULL, '2 years or more'
    ) AS b
    WHERE r.no_further_action IS NOT TRUE
) AS bands
