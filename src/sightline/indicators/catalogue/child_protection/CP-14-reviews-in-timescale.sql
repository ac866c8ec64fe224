-- code: CP-14
-- version: 1
-- title: Plans reviewed in timescale
-- area: Child protection
-- measure: stock share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: cp_plan.start_date, cp_plan.end_date, cp_review.review_date
-- definition: Of plans open on the day and started on or before the day minus 3 months, those
--     with nothing late: the first review by start plus 3 months, each later review by 6 months
--     after the one before it, and no review overdue on the day. A review that falls due on the
--     day itself and has not been held is not overdue.
-- note: Reviews dated after the day count as not yet held. Reviews on or before the plan's start
--     are ignored, and are findings.
-- source: LAIT 19; DfE children in need table d6; Working Together
SELECT
    p.child_id,
    -- The first day whose day three months before, clamped to its month, is on or after the start.
    CASE
        WHEN EXTRACT(DAY FROM p.start_date + INTERVAL 3 MONTH) < EXTRACT(DAY FROM p.start_date)
            THEN CAST(p.start_date + INTERVAL 3 MONTH + INTERVAL 1 DAY AS DATE)
        ELSE CAST(p.start_date + INTERVAL 3 MONTH AS DATE)
    END AS opens,
    p.end_date AS closes,
    p.start_date AS met_from,
    CAST(missed.first_due + INTERVAL 1 DAY AS DATE) AS met_until,
    TRUE AS known,
    p.start_date,
    missed.first_due AS first_missed_due,
    p.district,
    p.team,
    p.worker
FROM cp_plan AS p
JOIN (
    SELECT
        child_id,
        start_date,
        MIN(CASE WHEN next_review IS NULL OR next_review > due THEN due END) AS first_due
    FROM (
        SELECT
            held.child_id,
            held.start_date,
            CASE
                WHEN held.held_on = held.start_date
                    THEN CAST(held.held_on + INTERVAL 3 MONTH AS DATE)
                ELSE CAST(held.held_on + INTERVAL 6 MONTH AS DATE)
            END AS due,
            LEAD(held.held_on) OVER (
                PARTITION BY held.child_id, held.start_date ORDER BY held.held_on
            ) AS next_review
        FROM (
            SELECT DISTINCT child_id, start_date, start_date AS held_on
            FROM cp_plan
            UNION
            SELECT DISTINCT r.child_id, r.plan_start, r.review_date
            FROM cp_review AS r
            WHERE r.review_date > r.plan_start
        ) AS held
    ) AS steps
    GROUP BY child_id, start_date
) AS missed ON missed.child_id = p.child_id AND missed.start_date = p.start_date
WHERE p.other_authority IS NOT TRUE
