-- code: EH-07
-- part: step down
-- version: 1
-- title: Stepped down from social care to early help
-- area: Early help
-- measure: count
-- unit: referrals
-- better: neutral
-- by: district, team, worker
-- fields: referral.closure_date, referral.closure_reason
-- definition: Episodes of need closed in the period because the child was referred to early help
--     (reason RC9).
-- note: RC9 is in the census from 2023. A step down after a plan has no code of its own.
-- source: CIN census ReasonForClosure
SELECT
    child_id,
    closure_date AS day,
    referral_date,
    district,
    team,
    worker
FROM referral
WHERE closure_reason = 'RC9' AND closure_date IS NOT NULL
