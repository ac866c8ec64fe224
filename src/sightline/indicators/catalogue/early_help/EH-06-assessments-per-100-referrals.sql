-- code: EH-06
-- version: 1
-- title: Early help assessments for each 100 referrals
-- area: Early help
-- measure: ratio
-- unit: per 100 referrals
-- better: neutral
-- per: 100
-- by: district
-- fields: early_help_episode.end_date, referral.referral_date
-- definition: Early help assessments completed in the period (EH-01) for each 100 referrals in it
--     (FD-02).
-- note: A ratio of two counts, not a group followed over time.
-- source: Annex A lists 2 and 3
SELECT
    child_id,
    end_date AS day,
    'numerator' AS counted,
    1 AS amount,
    district
FROM early_help_episode
WHERE end_date IS NOT NULL
UNION ALL
SELECT
    child_id,
    referral_date,
    'denominator',
    1,
    district
FROM referral
