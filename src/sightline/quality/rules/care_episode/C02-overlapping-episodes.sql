-- code: C02
-- severity: error
-- title: Episodes of care overlap
-- message: An episode of care starts before the child's earlier one has ended.
-- fields: care_episode.start_date, care_episode.end_date
-- points: care_episode.start_date
-- source: DfE SSDA903 collection: order of episodes
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM (
    SELECT
        t.*,
        MAX(COALESCE(t.end_date, DATE '9999-12-31')) OVER (
            PARTITION BY t.child_id ORDER BY t.start_date, t.line
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS busy_until
    FROM care_episode AS t
) AS ordered
WHERE start_date < busy_until
