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
-- note: Children on a child protection plan or looked after stay in the denominator; the part
--     `child in need only` leaves them out.
-- source: DfE children in need table b7, from 2022
SELECT
    s.child_id,
    s.day AS opens,
    COALESCE(s.next_day, s.closure_date) AS closes,
    CASE WHEN COUNT(p.child_id) > 0 THEN s.day END AS met_from,
    CAST(NULL AS DATE) AS met_until,
    TRUE AS known,
    s.referral_date,
    s.district,
    s.team,
    s.worker
FROM (
    -- The life of an episode cut at each start and end of a plan.
    SELECT
        u.*,
        LEAD(u.day) OVER (PARTITION BY u.child_id, u.referral_date, u.line ORDER BY u.day) AS next_day
    FROM (
        SELECT
            child_id, referral_date, line, closure_date, district, team, worker,
            referral_date AS day
        FROM referral
        WHERE no_further_action IS NOT TRUE
        UNION
        SELECT
            r.child_id, r.referral_date, r.line, r.closure_date, r.district, r.team, r.worker, c.day
        FROM referral AS r
        JOIN (
            SELECT child_id, start_date AS day FROM cin_plan
            UNION
            SELECT child_id, end_date FROM cin_plan
        ) AS c
            ON c.child_id = r.child_id
            AND c.day > r.referral_date
            AND (r.closure_date IS NULL OR c.day < r.closure_date)
        WHERE r.no_further_action IS NOT TRUE
    ) AS u
) AS s
LEFT JOIN cin_plan AS p
    ON p.child_id = s.child_id
    AND p.start_date <= s.day
    AND (p.end_date IS NULL OR p.end_date > s.day)
GROUP BY
    s.child_id, s.day, s.next_day, s.closure_date, s.referral_date, s.line, s.district, s.team,
    s.worker
