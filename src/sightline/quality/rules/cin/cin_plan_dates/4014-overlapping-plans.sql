-- code: 4014
-- severity: error
-- title: Child in need plans overlap
-- message: The plan overlaps in time with another child in need plan of the child.
-- reading: As the Department sets it out, a plan may not start within the days of another, its
--     first and last included, so one that starts on the day another ends overlaps it. Plans are
--     compared over all episodes of the child. Every plan that takes part is named.
-- module: CINPlanDates
-- official: CIN Plan data contains overlapping dates
-- records: cin, annex_a, ssd, dfe_api
-- fields: cin_plan.start_date, cin_plan.end_date
-- points: cin_plan.start_date
-- source: DfE CIN census validation rules 2025/26, rule 4014
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
        FROM cin_plan AS t
    ) AS lasting
) AS ordered
WHERE start_date <= busy_until OR next_start <= until
