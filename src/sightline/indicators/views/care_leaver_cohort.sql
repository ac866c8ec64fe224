-- Former relevant young people whose 19th, 20th or 21st birthday falls in the year to the day the record
-- describes; one row for each in each year ending 31 March, the latest. Those who died, returned home for
-- six months or more, or were looked after only in a series of short breaks are left out. SSDA903 states
-- no eligibility: its rows are such young people. A birth date or eligibility not known, or no code, keeps the row.
SELECT
    l.child_id,
    l.as_at AS day,
    l.in_touch,
    l.activity,
    l.accommodation,
    l.suitable,
    c.birth_date,
    h.last_end_reason,
    l.district,
    l.team,
    l.worker
FROM (
    SELECT
        r.*,
        ROW_NUMBER() OVER (
            PARTITION BY r.child_id, EXTRACT(YEAR FROM r.as_at - INTERVAL 3 MONTH)
            ORDER BY r.as_at DESC
        ) AS from_last
    FROM care_leaver AS r
) AS l
LEFT JOIN child AS c ON c.child_id = l.child_id
LEFT JOIN (
    SELECT
        child_id,
        BOOL_OR(COALESCE(legal_status, '') NOT IN ('V3', 'V4')) AS other_care,
        MAX(CASE WHEN from_last = 1 THEN end_reason END) AS last_end_reason
    FROM (
        SELECT
            e.child_id,
            e.legal_status,
            e.end_reason,
            ROW_NUMBER() OVER (
                PARTITION BY e.child_id ORDER BY e.start_date DESC, e.line DESC
            ) AS from_last
        FROM care_episode AS e
    ) AS ordered
    GROUP BY child_id
) AS h ON h.child_id = l.child_id
WHERE l.from_last = 1
    AND COALESCE(l.eligibility, '') NOT IN ('RELEVANT', 'QUALIFYING', 'ELIGIBLE', 'OTHER')
    AND COALESCE(l.in_touch, '') NOT IN ('DIED', 'RHOM')
    AND (c.death_date IS NULL OR c.death_date > l.as_at)
    AND h.other_care IS NOT FALSE
    AND (
        c.birth_date IS NULL
        OR (
            CAST(c.birth_date + INTERVAL 19 YEAR AS DATE) <= l.as_at
            AND CAST(c.birth_date + INTERVAL 21 YEAR AS DATE)
                > CAST(l.as_at - INTERVAL 12 MONTH AS DATE)
        )
    )
