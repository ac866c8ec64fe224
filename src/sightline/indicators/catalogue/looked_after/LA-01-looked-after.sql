-- code: LA-01
-- version: 1
-- title: Looked-after children
-- area: Looked-after children
-- measure: stock
-- unit: children
-- better: neutral
-- per: population
-- by: district, team, worker
-- fields: care_episode.start_date, care_episode.end_date
-- definition: Children looked after on the day: care begun on or before it, and no end or an end
--     after it. Agreed series of short breaks (V3, V4) are left out.
-- source: LAIT 124 and 332; SSDA903 Episodes
SELECT
    child_id,
    entered AS opens,
    ceased AS closes,
    district,
    team,
    worker
FROM care_period
