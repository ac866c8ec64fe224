-- code: LA-02
-- part: ceased
-- version: 1
-- title: Children who ceased to be looked after
-- area: Looked-after children
-- measure: children
-- unit: children
-- better: neutral
-- per: population
-- by: district, team, worker
-- fields: care_episode.start_date, care_episode.end_date
-- definition: Different children who ceased to be looked after in the period: only the last time
--     in it counts. Agreed series of short breaks (V3, V4) are left out.
-- source: LAIT 392; SSDA903 Episodes
SELECT
    child_id,
    ceased AS opens,
    CAST(ceased + INTERVAL 1 DAY AS DATE) AS closes,
    TRUE AS met,
    entered,
    end_reason,
    district,
    team,
    worker
FROM care_period
WHERE ceased IS NOT NULL
