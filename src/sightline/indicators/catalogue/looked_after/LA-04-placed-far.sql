-- code: LA-04
-- version: 1
-- title: Placed over 20 miles away and outside the authority
-- area: Looked-after children
-- measure: stock share
-- unit: percent
-- better: lower
-- by: district, team, worker
-- fields: care_episode.start_date, care_episode.end_date, care_episode.distance,
--     care_episode.location
-- definition: Of children looked after on the day (LA-01), those whose placement is over 20 miles
--     from home and outside the boundary of the authority.
-- note: A distance of 999 or more stands for one that could not be worked out. A child is not
--     known where what is stated leaves both answers open.
-- source: LAIT 87
SELECT
    child_id,
    placed AS opens,
    moved AS closes,
    CASE WHEN distance > 20 AND location = 'OUT' THEN placed END AS met_from,
    CAST(NULL AS DATE) AS met_until,
    COALESCE(distance <= 20 OR location = 'IN' OR (distance > 20 AND location = 'OUT'), FALSE)
        AS known,
    distance,
    location,
    district,
    team,
    worker
FROM placement_stay
