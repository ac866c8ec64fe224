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
    r.child_id,
    GREATEST(r.referral_date, p.from_day, f.from_day) AS opens,
    NULLIF(LEAST(r.closure_date, p.until_day, f.until_day), DATE '9999-12-31') AS closes,
    p.start_date AS met_from,
    NULLIF(p.planned_until, DATE '9999-12-31') AS met_until,
    TRUE AS known,
    r.referral_date,
    r.district,
    r.team,
    r.worker
FROM referral AS r
LEFT JOIN (
    -- A child's time, cut at the start of each plan after the first; and when those begun by then end.
    SELECT
        child_id,
        start_date,
        CASE WHEN ROW_NUMBER() OVER starts > 1 THEN start_date END AS from_day,
        LEAD(start_date) OVER starts AS until_day,
        MAX(COALESCE(end_date, DATE '9999-12-31')) OVER starts AS planned_until
    FROM cin_plan
    WHERE start_date IS NOT NULL
    WINDOW starts AS (PARTITION BY child_id ORDER BY start_date)
) AS p ON p.child_id = r.child_id
LEFT JOIN (
    -- A child's time before each protection plan or period of care, from the end of all those before it;
    -- and after the last of them, which is before a day that never comes.
    SELECT
        child_id,
        MAX(until_day) OVER (
            PARTITION BY child_id ORDER BY from_day
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS from_day,
        from_day AS until_day
    FROM (
        SELECT child_id, start_date AS from_day, COALESCE(end_date, DATE '9999-12-31') AS until_day
        FROM cp_plan
        WHERE other_authority IS NOT TRUE
        UNION ALL
        SELECT child_id, entered, COALESCE(ceased, DATE '9999-12-31') FROM care_period
        UNION ALL
        SELECT child_id, DATE '9999-12-31', DATE '9999-12-31' FROM cp_plan
        UNION ALL
        SELECT child_id, DATE '9999-12-31', DATE '9999-12-31' FROM care_period
    ) AS o
    WHERE until_day >= from_day
) AS f ON f.child_id = r.child_id
WHERE r.no_further_action IS NOT TRUE AND r.referral_date IS NOT NULL
