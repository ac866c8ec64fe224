-- Periods of care: episodes that follow each other without a day between, from entering care to
-- leaving it. `ceased` is empty while the child is looked after. Agreed series of short breaks (legal
-- status V3 and V4) are left out, as in every published looked-after figure.
SELECT
    child_id,
    MIN(COALESCE(entered_care_date, start_date)) AS entered,
    CASE WHEN COUNT(end_date) < COUNT(*) THEN NULL ELSE MAX(end_date) END AS ceased,
    MAX(district) AS district,
    MAX(team) AS team,
    MAX(worker) AS worker
FROM (
    SELECT
        n.*,
        SUM(n.begins) OVER (
            PARTITION BY n.child_id ORDER BY n.start_date, n.line
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS period_number
    FROM (
        SELECT
            e.*,
            CASE
                WHEN LAG(e.child_id) OVER ordered IS NULL THEN 1
                WHEN e.start_reason = 'S' THEN 1
                WHEN LAG(e.end_date) OVER ordered < e.start_date THEN 1
                ELSE 0
            END AS begins
        FROM care_episode AS e
        WHERE COALESCE(e.legal_status, '') NOT IN ('V3', 'V4')
        WINDOW ordered AS (PARTITION BY e.child_id ORDER BY e.start_date, e.line)
    ) AS n
) AS numbered
GROUP BY child_id, period_number
