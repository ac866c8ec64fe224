-- code: CP-04
-- version: 1
-- title: Conference decision by day five
-- area: Child protection
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: section_47.start_date, section_47.decision_date
-- definition: Of enquiries started in the period whose day five has passed, those in which it was
--     decided by then whether a conference is needed.
-- note: The day, and whether working or calendar days count, is the standard in force on the day
--     the enquiry began; the start is day 0. The default is working days. Before the instruction of
--     11 May 2016 there was no such rule.
-- source: INDICATORS CP-04; rule S47-D5; Sightline's own casework; local standard
--     section-47-conference-decision
SELECT
    child_id,
    start_date AS day,
    CASE
        WHEN decision_date IS NOT NULL THEN decision_date BETWEEN start_date AND last_day
        WHEN as_at_day IS NOT NULL THEN FALSE
    END AS met,
    decision_date,
    last_day,
    district,
    team,
    worker
FROM (
    SELECT
        q.*,
        CASE
            WHEN t.unit = 'working days' THEN w.day
            ELSE CAST(q.start_date + CAST(t.value AS INTEGER) * INTERVAL 1 DAY AS DATE)
        END AS last_day
    FROM section_47 AS q
    JOIN standard AS t
        ON t.name = 'section-47-conference-decision'
        AND t.valid_from <= q.start_date AND q.start_date < t.valid_until
    JOIN calendar AS s ON s.day = q.start_date
    JOIN working_day AS w ON w.number = s.wd + t.value
) AS q
WHERE last_day < COALESCE(as_at_day, return_end)
