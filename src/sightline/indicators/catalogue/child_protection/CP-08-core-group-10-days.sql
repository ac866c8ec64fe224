-- code: CP-08
-- version: 1
-- title: First core group within 10 working days
-- area: Child protection
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: cp_plan.start_date, core_group.held_date
-- definition: Of plans started in the period whose 10 working days have passed, those whose first
--     core group was within 10 working days of the initial conference.
-- note: From the conference that made the plan; where that is not on record, from the start of the
--     plan, which is the same day (census rule 2885).
-- source: Working Together; rule CORE-10; Sightline's own casework
SELECT
    p.child_id,
    p.start_date AS day,
    CASE
        WHEN g.held_date IS NOT NULL THEN g.held_date <= w.day
        WHEN p.as_at_day IS NOT NULL THEN FALSE
    END AS met,
    g.held_date AS first_core_group,
    w.day AS last_day,
    p.district,
    p.team,
    p.worker
FROM cp_plan AS p
LEFT JOIN (
    SELECT child_id, plan_start, MIN(held_date) AS held_date
    FROM core_group
    WHERE held_date >= plan_start
    GROUP BY child_id, plan_start
) AS g ON g.child_id = p.child_id AND g.plan_start = p.start_date
JOIN calendar AS s ON s.day = COALESCE(p.conference_date, p.start_date)
JOIN working_day AS w ON w.number = s.wd + 10
WHERE w.day < COALESCE(p.as_at_day, p.return_end) AND p.other_authority IS NOT TRUE
