-- code: CP-13
-- version: 1
-- title: Open plans of 24 months or more
-- area: Child protection
-- measure: stock share
-- unit: percent
-- better: lower
-- by: district, team, worker
-- fields: cp_plan.start_date, cp_plan.end_date
-- definition: Of plans open on the day (CP-09), those where start is on or before the day minus
--     24 months.
-- source: LAIT 264; DfE children in need table d5
SELECT
    child_id,
    start_date AS opens,
    end_date AS closes,
    -- The first day whose day 24 months before, clamped to its month, is on or after the start.
    CASE
        WHEN EXTRACT(DAY FROM start_date + INTERVAL 24 MONTH) < EXTRACT(DAY FROM start_date)
            THEN CAST(start_date + INTERVAL 24 MONTH + INTERVAL 1 DAY AS DATE)
        ELSE CAST(start_date + INTERVAL 24 MONTH AS DATE)
    END AS met_from,
    CAST(NULL AS DATE) AS met_until,
    TRUE AS known,
    district,
    team,
    worker
FROM cp_plan
WHERE other_authority IS NOT TRUE
