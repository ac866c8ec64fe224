-- code: FD-16
-- version: 1
-- title: Referrals allocated within 24 hours
-- area: Front door
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: referral.referral_date, referral.received_at, referral.allocated_at
-- definition: Of referrals accepted for assessment in the period, those allocated to a worker
--     within 24 hours of receipt.
-- note: By hours of the clock. A referral is accepted on the day it was decided to take it up, or,
--     where no decision is on record, on its own day. Until 24 hours are over, one not allocated is
--     not known; nor is that of a child who moved in, of whom only the day is on record.
-- source: INDICATORS FD-16; rule ALLOC-24; Sightline's own casework
SELECT
    child_id,
    COALESCE(decision_date, referral_date) AS day,
    CASE
        WHEN allocated_at <= received_at + INTERVAL 24 HOUR THEN TRUE
        WHEN received_at + INTERVAL 24 HOUR < as_at THEN FALSE
    END AS met,
    referral_date,
    district,
    team,
    worker
FROM referral
WHERE no_further_action IS NOT TRUE
