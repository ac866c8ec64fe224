-- Children looked after for 12 months or more at the end of the year that a row of outcomes describes;
-- one row for each in each year. Only of these is a row asked for, so a row stays unless the episodes of
-- care show that the child came into care in the year, had left it by its last day, or was in it only for
-- a series of short breaks. The district, team and worker are those of the care the child was then in.
SELECT
    o.child_id,
    o.year_end AS day,
    o.sdq_score,
    o.sdq_reason,
    o.convicted,
    o.immunised,
    o.teeth_checked,
    o.health_assessed,
    o.substance_misuse,
    c.birth_date,
    COALESCE(p.district, o.district) AS district,
    p.team,
    p.worker
FROM care_outcome AS o
LEFT JOIN care_period AS p
    ON p.child_id = o.child_id
    AND (p.ceased IS NULL OR p.ceased > o.year_end)
LEFT JOIN (SELECT DISTINCT child_id FROM care_episode) AS k ON k.child_id = o.child_id
LEFT JOIN child AS c ON c.child_id = o.child_id
WHERE o.year_end IS NOT NULL
    AND (k.child_id IS NULL OR p.entered <= CAST(o.year_end - INTERVAL 12 MONTH AS DATE))
