-- code: CI-04
-- part: child in need only
-- version: 1
-- title: Children in need with a plan, neither on a protection plan nor looked after
-- area: Children in need
-- measure: stock share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: referral.referral_date, referral.closure_date, cin_plan.start_date, cin_plan.end_date,
--     cp_plan.start_date, cp_plan.end_date, care_episode.start_date, care_episode.end_date
-- definition: Of children in need on the day (CI-01) who are neither on a child protection plan
--     (CP-09) nor looked after (LA-01) that day, those with a child in need plan open that day.
-- source: DfE children in need table b7, from 2022; the exclusion is Sightline's reading
SELECT
    s.child_id,
    s.day AS opens,
    COALESCE(s.next_day, s.closure_date) AS closes,
    CASE WHEN MAX(o.standing) = 1 THEN s.day END AS met_from,
    CAST(NULL AS DATE) AS met_until,
    TRUE AS known,
    s.referral_date,
    s.district,
    s.team,
    s.worker
FROM (
    -- The life of an episode cut at each start and end of a plan or of care.
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
            UNION
            SELECT child_id, start_date FROM cp_plan
            UNION
            SELECT child_id, end_date FROM cp_plan
            UNION
            SELECT child_id, entered FROM care_period
            UNION
            SELECT child_id, ceased FROM care_period
        ) AS c
            ON c.child_id = r.child_id
            AND c.day > r.referral_date
            AND (r.closure_date IS NULL OR c.day < r.closure_date)
        WHERE r.no_further_action IS NOT TRUE
    ) AS u
) AS s
LEFT JOIN (
    SELECT child_id, start_date AS from_day, end_date AS until_day, 1 AS standing FROM cin_plan
    UNION ALL
    SELECT child_id, start_date, end_date, 2 FROM cp_plan WHERE other_authority IS NOT TRUE
    UNION ALL
    SELECT child_id, entered, ceased, 2 FROM care_period
) AS o
    ON o.child_id = s.child_id
    AND o.from_day <= s.day
    AND (o.until_day IS NULL OR o.until_day > s.day)
GROUP BY
    s.child_id, s.day, s.next_day, s.closure_date, s.referral_date, s.line, s.district, s.team,
    s.worker
HAVING COALESCE(MAX(o.standing), 0) < 2
