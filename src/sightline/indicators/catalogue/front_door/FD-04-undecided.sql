-- code: FD-04
-- part: undecided
-- version: 1
-- title: Referrals without a decision on record
-- area: Front door
-- measure: count
-- unit: referrals
-- better: lower
-- by: district, team, worker, source
-- fields: referral.referral_date, referral.decision_date
-- definition: Referrals received in the period in casework that have no decision on record, as
--     those of children who moved in.
-- source: Rule REF-1; Sightline's own casework
SELECT
    child_id,
    referral_date AS day,
    district,
    team,
    worker,
    referral_source AS source
FROM referral
WHERE decision_date IS NULL AND as_at IS NOT NULL
