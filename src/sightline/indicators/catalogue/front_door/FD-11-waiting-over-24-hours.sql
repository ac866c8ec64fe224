-- code: FD-11
-- version: 1
-- title: Contacts waiting over 24 hours
-- area: Front door
-- measure: stock
-- unit: contacts
-- better: lower
-- by: district, team, source
-- fields: contact.contact_date, contact.received_at, contact.decision_date
-- definition: Contacts received more than 24 hours ago and not decided, at the end of the day; on the
--     day on which casework was read, at that moment.
-- note: By hours of the clock. A contact is open until its outcome is decided; one opened again
--     waits from then, and on days before as it did until its first decision. One about several
--     children counts once; the first of them stands for it.
-- source: INDICATORS FD-11; Sightline's own casework
SELECT
    child_id,
    CASE
        WHEN waits_since + INTERVAL 24 HOUR >= as_at
            THEN CAST(from_day + INTERVAL 2 DAY AS DATE)
        ELSE CAST(from_day + INTERVAL 1 DAY AS DATE)
    END AS opens,
    decision_date AS closes,
    contact_date,
    contact_id,
    district,
    team,
    contact_source AS source
FROM contact_wait
