-- code: FD-08
-- version: 1
-- title: Referrals assessed as not in need
-- area: Front door
-- measure: share
-- unit: percent
-- better: neutral
-- by: district, team, worker, source
-- fields: referral.referral_date, referral.closure_date, referral.closure_reason
-- definition: Of referrals in the period, those closed after assessment with no further action
--     (reason RC8).
-- note: A referral still open is not met; one closed without a reason, or for one that is no code,
--     is not known. Closed after assessment and referred to early help (RC9, from the 2023 census)
--     is not counted: the part `early help` shows it. Whether the published figure includes it is
--     unverified.
-- source: LAIT 290; DfE children in need table c1
SELECT
    child_id,
    referral_date AS day,
    CASE
        WHEN closure_reason IN ('RC1', 'RC2', 'RC3', 'RC4', 'RC5', 'RC6', 'RC7', 'RC8', 'RC9')
            THEN closure_reason = 'RC8'
        WHEN closure_reason IS NULL AND closure_date IS NULL THEN FALSE
    END AS met,
    closure_reason,
    district,
    team,
    worker,
    referral_source AS source
FROM referral
