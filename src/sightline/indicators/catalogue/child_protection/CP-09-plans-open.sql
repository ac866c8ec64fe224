-- code: CP-09
-- version: 1
-- title: Child protection plans
-- area: Child protection
-- measure: stock
-- unit: plans
-- better: neutral
-- per: population
-- by: district, team, worker
-- fields: cp_plan.start_date, cp_plan.end_date
-- definition: Plans with start on or before the day, and no end or an end after the day.
-- source: LAIT 215 and 377; DfE children in need table d1
SELECT
    child_id,
    start_date AS opens,
    end_date AS closes,
    latest_category,
    district,
    team,
    worker
FROM cp_plan
WHERE other_authority IS NOT TRUE
