-- code: LA-09
-- version: 1
-- title: Looked-after children visited in time
-- area: Looked-after children
-- measure: stock share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: care_episode.start_date, care_episode.end_date, visit.visit_date
-- definition: Of children looked after on the day (LA-01), those last visited within the local
--     standard (42 days by default) of the day.
-- note: After a move, a child not yet visited in the new placement is not in the
--     denominator until the time for the first visit there (7 days by default) has
--     passed. The standard is the one in force on the day. The longer interval that the
--     Regulations allow for a permanent placement is not applied: set it in the standard.
-- source: Annex A list 8, Date of Last Social Work Visit; Standard Safeguarding Dataset
--     ssd_cla_visits; rule LACV; local standards looked-after-first-visit and looked-after-visit
SELECT
    s.child_id,
    GREATEST(
        t.valid_from,
        CASE
            WHEN s.last_visit IS NULL
                THEN CAST(s.from_day + CAST(t.value + 1 AS INTEGER) * INTERVAL 1 DAY AS DATE)
            ELSE s.from_day
        END
    ) AS opens,
    NULLIF(LEAST(s.until, t.valid_until), DATE '9999-12-31') AS closes,
    s.last_visit AS met_from,
    CAST(s.from_day + CAST(t.value + 1 AS INTEGER) * INTERVAL 1 DAY AS DATE) AS met_until,
    TRUE AS known,
    s.placed,
    s.last_visit,
    s.district,
    s.team,
    s.worker
FROM (
    SELECT
        u.*,
        COALESCE(
            LEAD(u.from_day) OVER (
                PARTITION BY u.child_id, u.period_number, u.stay_number
                ORDER BY u.from_day, u.last_visit NULLS FIRST
            ),
            u.moved
        ) AS until
    FROM (
        SELECT
            child_id, period_number, stay_number, placed, moved, district, team, worker,
            placed AS from_day, CAST(NULL AS DATE) AS last_visit
        FROM placement_stay
        UNION ALL
        SELECT
            p.child_id, p.period_number, p.stay_number, p.placed, p.moved, p.district, p.team,
            p.worker, v.visit_date, v.visit_date
        FROM placement_stay AS p
        JOIN visit AS v
            ON v.child_id = p.child_id
            AND v.pathway = 'LAC'
            AND v.visit_date >= p.placed
            AND (p.moved IS NULL OR v.visit_date < p.moved)
    ) AS u
) AS s
JOIN standard AS t
    ON t.name = CASE
        WHEN s.last_visit IS NULL THEN 'looked-after-first-visit' ELSE 'looked-after-visit'
    END
