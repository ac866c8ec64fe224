-- code: CP-06
-- version: 1
-- title: Initial child protection conferences
-- area: Child protection
-- measure: count
-- unit: conferences
-- better: neutral
-- per: population
-- by: district, team, worker
-- fields: conference.conference_date
-- definition: Initial conferences held in the period, one for each child, transfers in included.
-- note: The part `without transfers in` leaves them out.
-- source: LAIT 269; DfE children in need table c4
SELECT
    child_id,
    conference_date AS day,
    MAX(district) AS district,
    MAX(team) AS team,
    MAX(worker) AS worker
FROM conference
GROUP BY child_id, conference_date
