-- Stays in one placement. An episode that only changes the legal status (reason L) goes on in the same
-- placement, and adoption by the foster carers the child lives with (A3, A5) is not a move. A change of
-- placement with the same carer (T, U) is a new placement, as the code says.
SELECT
    child_id,
    period_number,
    stay_number,
    entered,
    MIN(COALESCE(placement_start_date, start_date)) AS placed,
    CASE WHEN COUNT(ends) = COUNT(*) THEN MAX(ends) END AS moved,
    MAX(CASE WHEN stay_from_last = 1 THEN placement END) AS placement,
    -- 999 and more stand for a distance that could not be worked out.
    MAX(CASE WHEN distance < 999 THEN distance END) AS distance,
    MAX(location) AS location,
    MAX(stated_placements) AS stated_placements,
    MAX(CASE WHEN source = 'annex_a' THEN 0 ELSE 1 END) AS whole_history,
    MAX(CASE WHEN stay_from_last = 1 THEN district END) AS district,
    MAX(CASE WHEN stay_from_last = 1 THEN team END) AS team,
    MAX(CASE WHEN stay_from_last = 1 THEN worker END) AS worker
FROM (
    SELECT
        n.*,
        ROW_NUMBER() OVER (
            PARTITION BY n.child_id, n.period_number, n.stay_number
            ORDER BY n.start_date DESC, n.line DESC
        ) AS stay_from_last
    FROM (
        SELECT
            m.*,
            SUM(m.moves) OVER (
                PARTITION BY m.child_id, m.period_number ORDER BY m.start_date, m.line
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS stay_number
        FROM (
            SELECT
                e.*,
                CASE
                    WHEN LAG(e.child_id) OVER (
                        PARTITION BY e.child_id, e.period_number ORDER BY e.start_date, e.line
                    ) IS NULL THEN 1
                    WHEN e.start_reason = 'L' OR e.placement IN ('A3', 'A5') THEN 0
                    WHEN e.placement_start_date = LAG(e.placement_start_date) OVER (
                        PARTITION BY e.child_id, e.period_number ORDER BY e.start_date, e.line
                    ) THEN 0
                    ELSE 1
                END AS moves
            FROM looked_after_episode AS e
        ) AS m
    ) AS n
) AS numbered
GROUP BY child_id, period_number, stay_number, entered
