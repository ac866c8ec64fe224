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
--     are ignored, and are findings. Annex A gives only the latest review: where it alone tells of
--     a plan's reviews and one seems to have been missed between those it gives, whether it was is
--     not known, unless a review is overdue on the day.
-- source: LAIT 19; DfE children in need table d6; Working Together
SELECT
    child_id,
    CASE WHEN judged AND gaps THEN overdue ELSE old_enough END AS opens,
    CASE WHEN judged THEN end_date ELSE LEAST(overdue, end_date) END AS closes,
    start_date AS met_from,
    CAST(first_due + INTERVAL 1 DAY AS DATE) AS met_until,
    judged AS known,
    start_date,
    first_due AS first_missed_due,
    district,
    team,
    worker
FROM (
    SELECT
        p.child_id,
        p.start_date,
        p.end_date,
        p.district,
        p.team,
        p.worker,
        -- The first day whose day three months before, clamped to its month, is on or after the start.
        CASE
            WHEN EXTRACT(DAY FROM p.start_date + INTERVAL 3 MONTH) < EXTRACT(DAY FROM p.start_date)
                THEN CAST(p.start_date + INTERVAL 3 MONTH + INTERVAL 1 DAY AS DATE)
            ELSE CAST(p.start_date + INTERVAL 3 MONTH AS DATE)
        END AS old_enough,
        missed.first_due,
        missed.gaps,
        CAST(missed.last_due + INTERVAL 1 DAY AS DATE) AS overdue,
        w.judged
    FROM cp_plan AS p
    JOIN (
        SELECT
            child_id,
            start_date,
            MIN(CASE WHEN next_review IS NULL OR next_review > due THEN due END) AS first_due,
            MAX(due) AS last_due,
            BOOL_AND(latest_only) AND BOOL_OR(next_review > due) AS gaps
        FROM (
            SELECT
                held.child_id,
                held.start_date,
                held.latest_only,
                CASE
                    WHEN held.held_on = held.start_date
                        THEN CAST(held.held_on + INTERVAL 3 MONTH AS DATE)
                    ELSE CAST(held.held_on + INTERVAL 6 MONTH AS DATE)
                END AS due,
                LEAD(held.held_on) OVER (
                    PARTITION BY held.child_id, held.start_date ORDER BY held.held_on
                ) AS next_review
            FROM (
                SELECT
                    child_id, start_date, start_date AS held_on, CAST(NULL AS BOOLEAN) AS latest_only
                FROM cp_plan
                UNION ALL
                SELECT
                    child_id, plan_start, review_date, source = 'annex_a'
                FROM cp_review
                WHERE review_date > plan_start
            ) AS held
        ) AS steps
        GROUP BY child_id, start_date
    ) AS missed ON missed.child_id = p.child_id AND missed.start_date = p.start_date
    -- Where there are gaps, a stretch of which it is not known and one of which it is.
    JOIN (SELECT TRUE AS judged UNION ALL SELECT FALSE) AS w ON w.judged OR missed.gaps
    WHERE p.other_authority IS NOT TRUE
) AS stretches
