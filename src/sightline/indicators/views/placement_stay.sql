-- Stays in one placement. An episode that only changes the legal status (L) goes on with the same
-- placement; adoption by the foster carers the child lives with (A3, A5) is not a move.
-- `placement_number` counts within the period of care.
SELECT
    child_id,
    entered,
    period_ceased,
    placement_number,
    MIN(COALESCE(placement_start_date, start_date)) AS placed,
    CASE WHEN COUNT(end_date) < COUNT(*) THEN NULL ELSE MAX(end_date) END AS moved,
    MAX(district) AS district,
    MAX(team) AS team,
    MAX(worker) AS worker,
    MAX(distance) AS distance,
    MAX(location) AS location
FROM (
    SELECT
        n.*,
        SUM(n.begins) OVER (
            PARTITION BY n.child_id, n.entered ORDER BY n.start_date, n.line
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS placement_number
    FROM (
        SELECT
            e.*,
            p.entered,
            p.ceased AS period_ceased,
            CASE
                WHEN LAG(e.child_id) OVER ordered IS NULL THEN 1
                WHEN e.start_reason = 'L' OR e.placement IN ('A3', 'A5') THEN 0
                ELSE 1
            END AS begins
        FROM care_episode AS e
        JOIN care_period AS p
            ON p.child_id = e.child_id
            AND p.entered <= e.start_date
            AND (p.ceased IS NULL OR e.start_date < p.ceased OR p.entered = e.start_date)
        WHERE COALESCE(e.legal_status, '') NOT IN ('V3', 'V4')
        WINDOW ordered AS (PARTITION BY e.child_id, p.entered ORDER BY e.start_date, e.line)
    ) AS n
) AS numbered
GROUP BY child_id, entered, period_ceased, placement_number
