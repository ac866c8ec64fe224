-- Social workers allocated to a child while looked after. Roles are local words: those that name a
-- social worker or a case worker count, and those not given.
SELECT
    p.child_id,
    a.worker AS allocated,
    CASE WHEN a.start_date < p.entered THEN p.entered ELSE a.start_date END AS from_day,
    CASE
        WHEN a.end_date < COALESCE(p.ceased, DATE '9999-12-31') THEN a.end_date
        ELSE COALESCE(p.ceased, DATE '9999-12-31')
    END AS until_day,
    p.district
FROM allocation AS a
JOIN care_period AS p
    ON p.child_id = a.child_id
    AND (p.ceased IS NULL OR a.start_date < p.ceased)
    AND (a.end_date IS NULL OR a.end_date > p.entered)
WHERE a.worker IS NOT NULL
    AND (
        a.role IS NULL
        OR LOWER(a.role) LIKE '%social worker%'
        OR LOWER(a.role) LIKE '%case worker%'
    )
