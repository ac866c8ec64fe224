-- code: C01
-- severity: error
-- title: Episode of care ends before it starts
-- message: The episode of care ends before it starts.
-- fields: care_episode.start_date, care_episode.end_date
-- points: care_episode.end_date
-- source: DfE SSDA903 collection: order of episodes
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM care_episode
WHERE end_date < start_date
