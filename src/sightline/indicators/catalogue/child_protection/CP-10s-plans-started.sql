-- code: CP-10s
-- version: 1
-- title: Child protection plans started
-- area: Child protection
-- measure: count
-- unit: plans
-- better: neutral
-- per: population
-- by: district, team, worker
-- fields: cp_plan.start_date
-- definition: Plan starts in the period. Each counts.
-- source: LAIT 219; DfE children in need table d1
SELECT
    child_id,
    start_date AS day,
    initial_category,
    district,
    team,
    worker
FROM cp_plan
WHERE other_authority IS NOT TRUE
