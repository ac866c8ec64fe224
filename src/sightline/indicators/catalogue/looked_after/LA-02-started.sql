-- code: LA-02
-- part: started
-- version: 1
-- title: Children who started to be looked after
-- area: Looked-after children
-- measure: children
-- unit: children
-- better: neutral
-- per: population
-- by: district, team, worker
-- fields: care_episode.start_date, care_episode.start_reason or care_episode.entered_care_date
-- definition: Different children who started to be looked after in the period. Agreed series of
--     short breaks (V3, V4) are left out.
-- note: A period of care that the records show only from its middle on is not a start.
-- source: LAIT 376; SSDA903 Episodes
SELECT
    child_id,
    entered AS opens,
    CAST(entered + INTERVAL 1 DAY AS DATE) AS closes,
    TRUE AS met,
    ceased,
    district,
    team,
    worker
FROM care_period
WHERE entry_known = 1
