-- code: A-202
-- severity: query
-- title: Early help completed after the last day
-- message: The day has not come yet on the last day of the lists, so what it ends is still open;
--     leave it blank or mend it.
-- module: List 2
-- fields: early_help_episode.end_date
-- points: early_help_episode.end_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM early_help_episode
WHERE end_date > return_end
