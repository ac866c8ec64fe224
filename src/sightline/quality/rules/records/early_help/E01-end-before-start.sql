-- code: E01
-- severity: error
-- title: Early help ends before it starts
-- message: The early help assessment or episode ends before it starts.
-- fields: early_help_episode.start_date, early_help_episode.end_date
-- points: early_help_episode.end_date
-- source: Sightline
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM early_help_episode
WHERE end_date < start_date
