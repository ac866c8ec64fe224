-- code: FD-16
-- part: hours
-- version: 1
-- title: Median hours from referral to allocation
-- area: Front door
-- measure: median
-- unit: hours
-- better: lower
-- by: district, team, worker
-- fields: referral.referral_date, referral.received_at, referral.allocated_at
-- definition: Median hours from receipt to allocation, of referrals accepted for assessment in the
--     period and allocated. The lower and upper quartiles stand beside it.
-- note: By hours of the clock. Those not allocated are in the part unallocated.
-- source: INDICATORS FD-16; rule ALLOC-24; Sightline's own casework
SELECT
    child_id,
    COALESCE(decision_date, referral_date) AS day,
    DATE_DIFF('day', CAST(received_at AS DATE), CAST(allocated_at AS DATE)) * 24
    + EXTRACT(HOUR FROM allocated_at) - EXTRACT(HOUR FROM received_at)
    + (EXTRACT(MINUTE FROM allocated_at) - EXTRACT(MINUTE FROM received_at)) / 60.0 AS value,
    referral_date,
    district,
    team,
    worker
FROM referral
WHERE no_further_action IS NOT TRUE AND allocated_at IS NOT NULL
