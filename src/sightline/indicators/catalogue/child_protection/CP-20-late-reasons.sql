-- code: CP-20
-- version: 1
-- title: Why conferences were late
-- area: Child protection
-- measure: profile
-- unit: percent
-- better: neutral
-- fields: conference.conference_date, conference.section_47_start, conference.late_reason
-- definition: Of initial conferences held in the period that were not within 15 working days
--     (CP-05), the share with each reason.
-- source: INDICATORS CP-20; Sightline's own casework
SELECT
    c.child_id,
    c.conference_date AS day,
    CASE c.late_reason
        WHEN 'VENUE' THEN 'No venue'
        WHEN 'CHAIR' THEN 'No chair'
        WHEN 'REPORTS' THEN 'Reports of agencies were not there'
        WHEN 'FAMILY' THEN 'The family could not come'
        WHEN 'DECISION' THEN 'The decision for a conference was late'
        WHEN 'TRANSFER' THEN 'Transfer from another authority'
        WHEN 'QUORUM' THEN 'Not enough agencies'
        WHEN 'OTHER' THEN 'Another reason'
    END AS category
FROM (
    SELECT
        child_id,
        conference_date,
        MIN(section_47_start) AS section_47_start,
        MAX(late_reason) AS late_reason
    FROM conference
    WHERE transfer_in IS NOT TRUE
    GROUP BY child_id, conference_date
) AS c
JOIN calendar AS s ON s.day = c.section_47_start
JOIN calendar AS e ON e.day = c.conference_date
WHERE e.wd - s.wd > 15
