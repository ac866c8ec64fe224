-- code: 903-191
-- severity: error
-- title: Outcome of a child looked after for 12 months is missing
-- message: The episodes show that the child was looked after for the whole year to 31 March, so
--     give all four outcomes.
-- reading: Who was looked after for 12 months is told as in rule 190. Of several outcomes that are
--     blank the first is named; a child without a row of outcomes is named at the open episode.
-- module: OC2
-- official: Child has been looked after continuously for at least 12 months at 31 March but one or
--     more data items relating to children looked after for 12 months have been left blank.
-- fields: care_outcome.immunised, care_outcome.teeth_checked, care_outcome.health_assessed,
--     care_outcome.substance_misuse, care_episode.child_id, care_episode.start_date,
--     care_episode.start_reason, care_episode.end_date, care_episode.end_reason,
--     care_episode.legal_status
-- points: care_outcome.immunised, care_outcome.teeth_checked, care_outcome.health_assessed,
--     care_outcome.substance_misuse, care_episode.child_id
-- source: DfE SSDA903 validation rules 2026/27, rule 191
SELECT
    now.child_id,
    COALESCE(t.file, now.file) AS file,
    COALESCE(t.sheet, now.sheet) AS sheet,
    COALESCE(t.line, now.line) AS line,
    CASE
        WHEN t.child_id IS NULL THEN 'care_episode.child_id'
        WHEN t.immunised IS NULL THEN 'care_outcome.immunised'
        WHEN t.teeth_checked IS NULL THEN 'care_outcome.teeth_checked'
        WHEN t.health_assessed IS NULL THEN 'care_outcome.health_assessed'
        ELSE 'care_outcome.substance_misuse'
    END AS points,
    CAST(NULL AS VARCHAR) AS value
FROM care_episode AS now
CROSS JOIN return_period AS r
LEFT JOIN care_outcome AS t ON t.child_id = now.child_id
WHERE now.end_date IS NULL
    AND (
        t.immunised IS NULL
        OR t.teeth_checked IS NULL
        OR t.health_assessed IS NULL
        OR t.substance_misuse IS NULL
    )
    AND NOT EXISTS (
        SELECT *
        FROM care_episode AS e
        WHERE e.child_id = now.child_id
            AND (
                e.start_reason = 'S' AND e.start_date >= r.period_start
                OR e.end_reason <> 'X1' AND e.end_date >= r.period_start
                OR e.legal_status IN ('V3', 'V4')
                AND COALESCE(e.end_date, r.period_end) >= r.period_start
            )
    )
