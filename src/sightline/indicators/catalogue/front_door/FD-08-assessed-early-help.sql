-- code: FD-08
-- part: early help
-- version: 1
-- title: Referrals assessed and passed to early help
-- area: Front door
-- measure: share
-- unit: percent
-- better: neutral
-- by: district, team, worker, source
-- fields: referral.referral_date, referral.closure_date, referral.closure_reason
-- definition: Of referrals in the period, those closed after assessment and referred to early
--     help (reason RC9, from the 2023 census).
-- note: A referral still open is not met; one closed without a reason, or for one that is no code,
--     is not known. Shown apart from FD-08, which is those closed with no further action.
-- source: CIN census ReasonForClosure
SELECT
    child_id,
    referral_date AS day,
    CASE
        WHEN closure_reason IN ('RC1', 'RC2', 'RC3', 'RC4', 'RC5', 'RC6', 'RC7', 'RC8', 'RC9')
            THEN closure_reason = 'RC9'
        WHEN closure_reason IS NULL AND closure_date IS NULL THEN FALSE
    END AS met,
    closure_reason,
    district,
    team,
    worker,
    referral_source AS source
FROM referral
