-- The life of each episode of need, cut at each day the child was seen: `last_seen` is empty in the
-- stretch before the first time, and each stretch lasts from `from_day` to the day before `until`.
-- A visit counts when the child is known to have been seen, by a worker of any pathway.
SELECT
    child_id,
    referral_date,
    from_day,
    last_seen,
    COALESCE(
        LEAD(from_day) OVER (
            PARTITION BY child_id, referral_date, line ORDER BY from_day, last_seen NULLS FIRST
        ),
        closure_date
    ) AS until,
    district,
    team,
    worker
FROM (
    SELECT
        child_id,
        referral_date,
        line,
        closure_date,
        district,
        team,
        worker,
        referral_date AS from_day,
        CAST(NULL AS DATE) AS last_seen
    FROM referral
    WHERE no_further_action IS NOT TRUE
    UNION ALL
    SELECT
        r.child_id,
        r.referral_date,
        r.line,
        r.closure_date,
        r.district,
        r.team,
        r.worker,
        v.visit_date,
        v.visit_date
    FROM referral AS r
    JOIN visit AS v
        ON v.child_id = r.child_id
        AND (v.seen OR v.seen_alone)
        AND v.visit_date >= r.referral_date
        AND (r.closure_date IS NULL OR v.visit_date < r.closure_date)
    WHERE r.no_further_action IS NOT TRUE
) AS days
