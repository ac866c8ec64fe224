-- code: CP-10e
-- version: 1
-- title: Child protection plans ended
-- area: Child protection
-- measure: count
-- unit: plans
-- better: neutral
-- per: population
-- by: district, team, worker
-- fields: cp_plan.end_date
-- definition: Plan ends in the period. Each counts.
-- source: LAIT 16; DfE children in need table d1
SELECT
    child_id,
    end_date AS day,
    start_date,
    district,
    team,
    worker
FROM cp_plan
WHERE other_authority IS NOT TRUE AND end_date IS NOT NULL
