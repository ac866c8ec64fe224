-- code: 903-433
-- severity: error
-- title: Episode goes on from one that ended on another day
-- message: The reason says that care went on, but the episode does not start on the day the one
--     before ended.
-- reading: An overlap is found as well as a gap. Where the end of the episode before is not known,
--     nothing is said.
-- module: Episodes
-- official: The reason for new episode suggests that this is a continuation episode, but the
--     episode does not start on the same day as the last episode finished.
-- fields: care_episode.start_date, care_episode.end_date, care_episode.start_reason
-- points: care_episode.start_date
-- source: DfE SSDA903 validation rules 2026/27, rule 433
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM (
    SELECT
        e.*,
        LAG(e.end_date) OVER (
            PARTITION BY e.child_id ORDER BY e.start_date, e.line
        ) AS ended_before
    FROM care_episode AS e
) AS in_order
WHERE start_reason <> 'S' AND start_date <> ended_before
