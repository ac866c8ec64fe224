-- code: CP-12
-- version: 1
-- title: Plans ended after 24 months or more
-- area: Child protection
-- measure: share
-- unit: percent
-- better: lower
-- by: district, team, worker
-- fields: cp_plan.start_date, cp_plan.end_date
-- definition: Of plans ended in the period, those where end is on or after start plus 24 months.
-- note: LAIT words two years as more than 729 days, so plans that end one or two days before the
--     second anniversary differ.
-- source: LAIT 98; DfE children in need table d7
SELECT
    child_id,
    end_date AS day,
    end_date >= CAST(start_date + INTERVAL 24 MONTH AS DATE) AS met,
    start_date,
    district,
    team,
    worker
FROM cp_plan
WHERE other_authority IS NOT TRUE AND end_date IS NOT NULL
