-- Episodes of care in order, each with the period of care it belongs to. Agreed series of short breaks
-- (legal status V3 and V4) are left out, as in every published looked-after figure.
-- A period begins with the child's first episode, with one whose reason is S, or after a gap. One whose
-- reason is S while an earlier one lasts does not begin a period: a child is in care once at a time. An
-- episode without an end that another one follows is taken to end when that one starts: a child has one
-- episode at a time. `entry_known` is 0 where the records begin in the middle of a period (the first
-- episode held is not a start): `entered` is then the earliest day known, not the day of entry.
SELECT
    p.*,
    MIN(COALESCE(p.entered_care_date, p.start_date)) OVER (
        PARTITION BY p.child_id, p.period_number
    ) AS entered,
    MAX(CASE WHEN p.start_reason = 'S' OR p.entered_care_date IS NOT NULL THEN 1 ELSE 0 END) OVER (
        PARTITION BY p.child_id, p.period_number
    ) AS entry_known,
    ROW_NUMBER() OVER (
        PARTITION BY p.child_id, p.period_number ORDER BY p.start_date DESC, p.line DESC
    ) AS from_last
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
                WHEN e.reached > e.start_date THEN 0
                WHEN e.reached = e.start_date AND COALESCE(e.start_reason, '') <> 'S' THEN 0
                ELSE 1
            END AS begins
        FROM (
            SELECT
                o.*,
                MAX(o.ends) OVER (
                    PARTITION BY o.child_id ORDER BY o.start_date, o.line
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                ) AS reached
            FROM (
                SELECT
                    c.*,
                    COALESCE(
                        c.end_date,
                        LEAD(c.start_date) OVER (
                            PARTITION BY c.child_id ORDER BY c.start_date, c.line
                        )
                    ) AS ends
                FROM care_episode AS c
                WHERE COALESCE(c.legal_status, '') NOT IN ('V3', 'V4')
            ) AS o
        ) AS e
    ) AS n
) AS p
