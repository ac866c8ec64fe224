-- code: CP-15
-- version: 1
-- title: Children on a plan visited in time
-- area: Child protection
-- measure: stock share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: cp_plan.start_date, cp_plan.end_date, visit.visit_date
-- definition: Of plans open on the day (CP-09), those last visited within the local standard (10
--     working days by default) of the day.
-- note: A plan open for less than the standard and not yet visited is not in the denominator
--     until the standard has passed. The standard is the one in force on the day.
-- source: Annex A list 7, Date of the Last Statutory Visit; Standard Safeguarding Dataset
--     ssd_cp_visits; local standard child-protection-visit
SELECT
    s.child_id,
    -- The calendar begins in 1990: a time before it is long ago on every day of it.
    GREATEST(
        t.valid_from,
        CASE WHEN s.last_visit IS NULL THEN COALESCE(overdue.day, s.from_day) ELSE s.from_day END
    ) AS opens,
    NULLIF(LEAST(s.until, t.valid_until), DATE '9999-12-31') AS closes,
    s.last_visit AS met_from,
    COALESCE(overdue.day, s.from_day) AS met_until,
    TRUE AS known,
    s.start_date,
    s.last_visit,
    s.district,
    s.team,
    s.worker
FROM (
    SELECT
        u.*,
        COALESCE(
            LEAD(u.from_day) OVER (
                PARTITION BY u.child_id, u.start_date, u.line
                ORDER BY u.from_day, u.last_visit NULLS FIRST
            ),
            u.end_date
        ) AS until
    FROM (
        SELECT
            child_id, start_date, line, end_date, district, team, worker,
            start_date AS from_day, CAST(NULL AS DATE) AS last_visit
        FROM cp_plan
        WHERE other_authority IS NOT TRUE AND start_date IS NOT NULL
        UNION ALL
        SELECT
            p.child_id, p.start_date, p.line, p.end_date, p.district, p.team, p.worker,
            v.visit_date, v.visit_date
        FROM cp_plan AS p
        JOIN visit AS v
            ON v.child_id = p.child_id
            AND v.pathway = 'CP'
            AND v.visit_date >= p.start_date
            AND (p.end_date IS NULL OR v.visit_date < p.end_date)
        WHERE p.other_authority IS NOT TRUE
    ) AS u
) AS s
JOIN standard AS t ON t.name = 'child-protection-visit'
LEFT JOIN calendar AS c ON c.day = s.from_day
LEFT JOIN working_day AS overdue ON overdue.number = c.wd + t.value + 1
