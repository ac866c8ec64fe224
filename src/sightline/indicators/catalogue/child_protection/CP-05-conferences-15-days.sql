-- code: CP-05
-- version: 1
-- title: Initial conferences within 15 working days
-- area: Child protection
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: conference.conference_date, conference.section_47_start
-- definition: Of initial conferences held in the period following a section 47 enquiry, those
--     where working days from the section 47 start (the strategy discussion that initiated it)
--     to the conference are 15 or fewer. Transfer-in conferences are left out.
-- note: A conference dated before the enquiry it is recorded under does not follow it: it is
--     left out, and is a finding. One recorded under several enquiries counts once, from the first
--     of them. Where the start of its enquiry cannot be read, it is not known to be in time. A census has no mark of a transfer in: there, a conference under no enquiry. The
--     published denominator is every initial conference of the year.
-- source: LAIT 218; DfE children in need table c4; Working Together
SELECT
    c.child_id,
    c.conference_date AS day,
    e.wd - s.wd <= 15 AS met,
    c.section_47_start,
    e.wd - s.wd AS working_days,
    c.district,
    c.team,
    c.worker
FROM (
    SELECT
        child_id,
        conference_date,
        MIN(section_47_start) AS section_47_start,
        MAX(district) AS district,
        MAX(team) AS team,
        MAX(worker) AS worker
    FROM conference
    WHERE (section_47_start <= conference_date OR (section_47_start IS NULL AND under_enquiry))
        AND transfer_in IS NOT TRUE
    GROUP BY child_id, conference_date
) AS c
LEFT JOIN calendar AS s ON s.day = c.section_47_start
LEFT JOIN calendar AS e ON e.day = c.conference_date
