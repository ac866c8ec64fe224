-- code: FD-15
-- part: lower
-- version: 1
-- title: Referrer stated a lower level of need
-- area: Front door
-- measure: share
-- unit: percent
-- better: lower
-- by: district, team, source
-- fields: contact.contact_date, contact.new_referral, contact.referrer_level, contact.level
-- definition: Of contacts in the period that became a referral and have both levels, those where the
--     level of need that the referrer stated is lower than the level as assessed.
-- source: INDICATORS FD-15; Sightline's own casework
SELECT
    child_id,
    contact_date AS day,
    referrer_level < level AS met,
    referrer_level,
    level,
    contact_id,
    district,
    team,
    contact_source AS source
FROM contact
WHERE new_referral AND referrer_level IS NOT NULL AND level IS NOT NULL
