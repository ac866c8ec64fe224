-- code: C03
-- severity: error
-- title: Episode said to continue but not ended
-- message: The reason says that the next episode starts the same day, but the episode has no end.
-- fields: care_episode.end_date, care_episode.end_reason
-- points: care_episode.end_date
-- source: DfE SSDA903 collection: order of episodes
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM care_episode
WHERE end_reason = 'X1' AND end_date IS NULL
