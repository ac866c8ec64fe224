-- code: CP-03
-- version: 1
-- title: Section 47 enquiries concluded within the local limit
-- area: Child protection
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: section_47.start_date, section_47.end_date
-- definition: Of enquiries concluded in the period, those concluded within the local limit (15
--     working days by default).
-- note: The limit is that in force on the day the enquiry was concluded. A conclusion before its
--     start is not met.
-- source: Standard Safeguarding Dataset s47e_s47_end_date; local standard section-47-conclusion
SELECT
    q.child_id,
    q.end_date AS day,
    q.end_date >= q.start_date AND e.wd - s.wd <= t.value AS met,
    q.start_date,
    e.wd - s.wd AS working_days,
    q.district,
    q.team,
    q.worker
FROM section_47 AS q
JOIN standard AS t
    ON t.name = 'section-47-conclusion'
    AND t.valid_from <= q.end_date AND q.end_date < t.valid_until
LEFT JOIN calendar AS s ON s.day = q.start_date
LEFT JOIN calendar AS e ON e.day = q.end_date
