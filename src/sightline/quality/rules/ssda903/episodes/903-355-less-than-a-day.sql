-- code: 903-355
-- severity: error
-- title: Episode starts and ends on one day
-- message: The episode ends on the day it starts, so it is no stay; take it out or mend its dates.
-- module: Episodes
-- official: Episode appears to have lasted for less than 24 hours
-- fields: care_episode.start_date, care_episode.end_date
-- points: care_episode.end_date
-- source: DfE SSDA903 validation rules 2026/27, rule 355
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM care_episode
WHERE end_date = start_date
