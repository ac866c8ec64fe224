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
    r.child_id,
    GREATEST(r.referral_date, p.from_day) AS opens,
    LEAST(r.closure_date, p.until_day) AS closes,
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
WHERE r.no_further_action IS NOT TRUE AND r.referral_date IS NOT NULL
