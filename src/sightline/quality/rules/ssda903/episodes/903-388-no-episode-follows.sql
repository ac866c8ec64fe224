-- code: 903-388
-- severity: error
-- title: Next episode is missing
-- message: The reason says that another episode starts on the day this one ends, and none does.
-- reading: An episode without an end is judged by rule 148.
-- module: Episodes
-- official: Reason episode ceased is coded new episode begins, but there is no continuation
--     episode.
-- fields: care_episode.start_date, care_episode.end_date, care_episode.end_reason
-- points: care_episode.end_reason
-- source: DfE SSDA903 validation rules 2026/27, rule 388
SELECT child_id, file, sheet, line, end_reason AS value
FROM (
    SELECT
        e.*,
        LEAD(e.start_date) OVER (
            PARTITION BY e.child_id ORDER BY e.start_date, e.line
        ) AS next_start
    FROM care_episode AS e
) AS in_order
WHERE end_reason = 'X1'
    AND end_date IS NOT NULL
    AND (next_start IS NULL OR next_start <> end_date)
