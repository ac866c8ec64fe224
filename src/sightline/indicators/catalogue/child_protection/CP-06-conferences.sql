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
-- source: LAIT 269; DfE children in need table c4
SELECT DISTINCT
    child_id,
    conference_date AS day,
    district,
    team,
    worker
FROM conference
