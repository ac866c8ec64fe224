-- code: F-care-episode
-- severity: query
-- title: Episode of care after the return ends
-- message: The date is after the last day the return covers, so it may be a slip of the pen.
-- fields: care_episode.start_date
-- points: care_episode.start_date
-- source: Sightline
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM care_episode
WHERE start_date > return_end
