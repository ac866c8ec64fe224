-- code: FD-04
-- part: undecided
-- version: 1
-- title: Contacts without a decision
-- area: Front door
-- measure: count
-- unit: contacts
-- better: lower
-- by: district, team, source
-- fields: contact.contact_date, contact.received_at, contact.decision_date
-- definition: Contacts received, or opened again, in the period that have no decision yet.
-- note: A contact is a referral once it is decided to take it up, so that what is undecided is
--     contacts (a Sightline reading). One about several children counts once; the first of them
--     stands for it. Children who moved in are left out: nothing was to be decided of them.
-- source: INDICATORS FD-04; rule REF-1; Sightline's own casework
SELECT
    child_id,
    from_day AS day,
    contact_id,
    district,
    team,
    contact_source AS source
FROM contact_wait
WHERE decision_date IS NULL
