-- code: CI-04
-- version: 1
-- title: Children in need with a child in need plan
-- area: Children in need
-- measure: stock share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: referral.referral_date, referral.closure_date, cin_plan.start_date, cin_plan.end_date
-- definition: Of children in need on the day (CI-01), those with a child in need plan open that
--     day.
-- note: Children on a child protection plan or looked after stay in the denominator.
-- source: DfE children in need table b7, from 2022
SELECT
    r.child_id,
    s.opens,
    s.closes,
    s.met_from,
    s.closes AS met_until,
    r.referral_date,
    r.district,
    r.team,
    r.worker
FROM (
    -- The life of an episode cut at each plan: the stretch before it, and the plan itself.
    SELECT
        child_id,
        referral_date,
        referral_line,
        from_day AS opens,
        COALESCE(next_day, closure_date) AS closes,
        CASE WHEN planned = 1 THEN from_day END AS met_from
    FROM (
        SELECT
            u.*,
            LEAD(u.from_day) OVER (
                PARTITION BY u.child_id, u.referral_date, u.referral_line
                ORDER BY u.from_day, u.planned
            ) AS next_day
        FROM (
            SELECT
                child_id, referral_date, line AS referral_line, closure_date,
                referral_date AS from_day, 0 AS planned
            FROM referral
            WHERE no_further_action IS NOT TRUE
            UNION ALL
            SELECT
                r.child_id, r.referral_date, r.line, r.closure_date,
                CASE WHEN p.start_date < r.referral_date THEN r.referral_date ELSE p.start_date END,
                1
            FROM referral AS r
            JOIN cin_plan AS p ON p.child_id = r.child_id
            WHERE r.no_further_action IS NOT TRUE
                AND (p.end_date IS NULL OR p.end_date > r.referral_date)
                AND (r.closure_date IS NULL OR p.start_date < r.closure_date)
                AND (p.end_date IS NULL OR p.end_date > p.start_date)
            UNION ALL
            SELECT
                r.child_id, r.referral_date, r.line, r.closure_date, p.end_date, 0
            FROM referral AS r
            JOIN cin_plan AS p ON p.child_id = r.child_id
            WHERE r.no_further_action IS NOT TRUE
                AND p.end_date > r.referral_date
                AND (r.closure_date IS NULL OR p.end_date < r.closure_date)
                AND p.end_date > p.start_date
        ) AS u
    ) AS cut
) AS s
JOIN referral AS r
    ON r.child_id = s.child_id AND r.referral_date = s.referral_date AND r.line = s.referral_line
