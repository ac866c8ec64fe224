-- code: FD-04
-- version: 1
-- title: Referrals decided within one working day
-- area: Front door
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker, source
-- fields: referral.referral_date, referral.decision_date
-- definition: Of referrals received in the period and decided, those decided within one working day
--     of the day they were received.
-- note: A referral is one that social care took up; the decision is the authorised one to do so. A
--     decision dated before its referral is not met. Contacts that nobody has decided yet are in
--     the part undecided.
-- source: Working Together; rule REF-1; Sightline's own casework
SELECT
    r.child_id,
    r.referral_date AS day,
    r.decision_date >= r.referral_date AND e.wd - s.wd <= 1 AS met,
    r.decision_date,
    e.wd - s.wd AS working_days,
    r.district,
    r.team,
    r.worker,
    r.referral_source AS source
FROM referral AS r
LEFT JOIN calendar AS s ON s.day = r.referral_date
LEFT JOIN calendar AS e ON e.day = r.decision_date
WHERE r.decision_date IS NOT NULL
