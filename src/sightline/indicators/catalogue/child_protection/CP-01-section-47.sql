-- code: CP-01
-- version: 1
-- title: Section 47 enquiries
-- area: Child protection
-- measure: count
-- unit: enquiries
-- better: neutral
-- per: population
-- by: district, team, worker
-- fields: section_47.start_date
-- definition: Section 47 enquiries started in the period. Each counts.
-- source: LAIT 217; DfE children in need table c4
SELECT
    child_id,
    start_date AS day,
    district,
    team,
    worker
FROM section_47
