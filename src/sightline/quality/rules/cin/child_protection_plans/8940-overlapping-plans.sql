-- code: 8940
-- severity: error
-- title: Child protection plans overlap
-- message: The plan overlaps in time with another child protection plan of the child.
-- reading: As the Department sets it out, a plan may not start within the days of another, its
--     first and last included, so one that starts on the day another ends overlaps it. Every plan
--     that takes part is named, in whichever episodes they stand. An open plan has no last day.
--     Plans said to be another authority's are left out.
-- module: ChildProtectionPlans
-- official: Child Protection Plan data contains overlapping dates
-- records: cin, annex_a, ssda903, ssd, dfe_api
-- fields: cp_plan.start_date, cp_plan.end_date
-- points: cp_plan.start_date
-- source: DfE CIN census validation rules 2025/26, rule 8940
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM (
    SELECT
        lasting.*,
        MAX(until) OVER (
            PARTITION BY child_id ORDER BY start_date, until DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS busy_until,
        LEAD(start_date) OVER (
            PARTITION BY child_id ORDER BY start_date, until DESC
        ) AS next_start
    FROM (
        SELECT t.*, COALESCE(t.end_date, DATE '9999-12-31') AS until
        FROM cp_plan AS t
        WHERE t.start_date IS NOT NULL AND t.other_authority IS NOT TRUE
    ) AS lasting
) AS ordered
WHERE start_date <= busy_until OR next_start <= until
