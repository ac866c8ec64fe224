-- code: C04
-- severity: error
-- title: Missing episode ends before it starts
-- message: The child returns before the missing episode starts.
-- fields: missing_episode.start_date, missing_episode.end_date
-- points: missing_episode.end_date
-- source: DfE SSDA903 collection: missing episodes
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM missing_episode
WHERE end_date < start_date
