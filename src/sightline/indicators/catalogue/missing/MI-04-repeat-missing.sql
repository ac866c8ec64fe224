-- code: MI-04
-- version: 1
-- title: Children missing three times or more in 90 days
-- area: Missing
-- measure: children
-- unit: children
-- better: lower
-- by: district, team
-- fields: missing_episode.start_date
-- looks_back: 89 days
-- definition: Different children who in the period started a third missing episode within 90
--     days, the day of the first of the three included.
-- source: Standard Safeguarding Dataset ssd_missing; SSDA903 Missing
SELECT
    child_id,
    start_date AS opens,
    CAST(start_date + INTERVAL 1 DAY AS DATE) AS closes,
    TRUE AS met,
    first_of_three,
    district,
    team
FROM (
    SELECT
        m.child_id,
        m.start_date,
        LAG(m.start_date, 2) OVER (
            PARTITION BY m.child_id ORDER BY m.start_date, m.line
        ) AS first_of_three,
        m.district,
        m.team
    FROM missing_episode AS m
    WHERE COALESCE(m.missing_kind, 'M') <> 'A'
) AS threes
WHERE start_date < CAST(first_of_three + INTERVAL 90 DAY AS DATE)
