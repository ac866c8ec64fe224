-- code: FD-16
-- part: unallocated
-- version: 1
-- title: Referrals not allocated
-- area: Front door
-- measure: stock
-- unit: referrals
-- better: lower
-- by: district, team
-- fields: referral.referral_date, referral.allocated_at, referral.closure_date
-- definition: Referrals accepted for assessment on or before the day, not closed, that no worker
--     had been given by then.
-- source: INDICATORS FD-16; Sightline's own casework
SELECT
    child_id,
    COALESCE(decision_date, referral_date) AS opens,
    LEAST(COALESCE(allocation_date, CAST(allocated_at AS DATE)), closure_date) AS closes,
    referral_date,
    district,
    team
FROM referral
WHERE no_further_action IS NOT TRUE AND as_at IS NOT NULL
