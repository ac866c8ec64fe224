-- code: 903-432
-- severity: error
-- title: Child had left care but is not said to start again
-- message: The episode before ended with the child leaving care, so this one starts a new period of
--     care.
-- reading: Where the reason the episode before ceased is blank, nothing is said.
-- module: Episodes
-- official: The child ceased to be looked after at the end of the previous episode but the reason
--     for the new episode is not started to be looked after.
-- fields: care_episode.start_date, care_episode.end_reason, care_episode.start_reason
-- points: care_episode.start_reason
-- source: DfE SSDA903 validation rules 2026/27, rule 432
SELECT child_id, file, sheet, line, start_reason AS value
FROM (
    SELECT
        e.*,
        LAG(e.end_reason) OVER (
            PARTITION BY e.child_id ORDER BY e.start_date, e.line
        ) AS ended_before
    FROM care_episode AS e
) AS in_order
WHERE start_reason <> 'S' AND ended_before <> 'X1'
