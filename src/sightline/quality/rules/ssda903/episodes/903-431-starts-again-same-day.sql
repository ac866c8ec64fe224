-- code: 903-431
-- severity: error
-- title: Said to start being looked after, on the day the episode before ended
-- message: The episode before ended on the same day, so the child had not left care and the reason
--     is another.
-- module: Episodes
-- official: The reason for new episode is started to be looked after, but the previous episode
--     ended on the same day.
-- fields: care_episode.start_date, care_episode.end_date, care_episode.start_reason
-- points: care_episode.start_reason
-- source: DfE SSDA903 validation rules 2026/27, rule 431
SELECT e.child_id, e.file, e.sheet, e.line, e.start_reason AS value
FROM care_episode AS e
WHERE e.start_reason = 'S'
    AND EXISTS (
        SELECT *
        FROM care_episode AS earlier
        WHERE earlier.child_id = e.child_id
            AND earlier.end_date = e.start_date
            AND earlier.start_date < e.start_date
    )
