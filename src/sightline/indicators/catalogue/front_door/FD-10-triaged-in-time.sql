-- code: FD-10
-- version: 1
-- title: Contacts triaged by the next working day
-- area: Front door
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, source
-- fields: contact.contact_date, contact.triage_date
-- definition: Of contacts received in the period, those triaged on the same or the next working
--     day.
-- note: A contact is triaged on the first day on which an officer gave it the priority it has, a
--     daily triage took it, or what becomes of it was recommended, which needs a priority: a
--     Sightline reading, as is that every contact is a notification. Until the next working day is
--     over, one not triaged is not known. One about several children counts once; the first of
--     them stands for it.
-- source: INDICATORS FD-10; Sightline's own casework
SELECT
    c.child_id,
    c.contact_date AS day,
    CASE
        WHEN c.triage_date IS NOT NULL
            THEN c.triage_date >= c.contact_date AND e.wd - s.wd <= 1
        WHEN n.day < c.as_at_day THEN FALSE
    END AS met,
    c.triage_date,
    e.wd - s.wd AS working_days,
    c.contact_id,
    c.district,
    c.team,
    c.contact_source AS source
FROM contact_once AS c
LEFT JOIN calendar AS s ON s.day = c.contact_date
LEFT JOIN calendar AS e ON e.day = c.triage_date
LEFT JOIN working_day AS n ON n.number = s.wd + 1
