-- code: LA-10
-- part: missing
-- version: 1
-- title: Looked-after children who went missing
-- area: Looked-after children
-- measure: children
-- unit: percent
-- better: lower
-- by: district, team, worker
-- fields: care_episode.start_date, care_episode.end_date, missing_episode.start_date,
--     missing_episode.end_date
-- definition: Of different children looked after at any time in the period, those with one or
--     more missing episodes in it, while looked after.
-- note: Incidents carried over from before the period count. A kind not given, or no code, counts as
--     missing.
-- source: LAIT 161; SSDA903 Missing
SELECT
    child_id,
    entered AS opens,
    ceased AS closes,
    FALSE AS met,
    district,
    team,
    worker
FROM care_period
UNION ALL
SELECT
    p.child_id,
    m.start_date,
    CASE
        WHEN m.end_date > m.start_date AND (p.ceased IS NULL OR m.end_date < p.ceased)
            THEN m.end_date
        WHEN m.end_date IS NULL OR m.end_date > m.start_date THEN p.ceased
        ELSE CAST(m.start_date + INTERVAL 1 DAY AS DATE)
    END,
    TRUE,
    p.district,
    p.team,
    p.worker
FROM missing_episode AS m
JOIN care_period AS p
    ON p.child_id = m.child_id
    AND p.entered <= m.start_date
    AND (p.ceased IS NULL OR m.start_date < p.ceased)
WHERE COALESCE(m.missing_kind, 'M') <> 'A'
