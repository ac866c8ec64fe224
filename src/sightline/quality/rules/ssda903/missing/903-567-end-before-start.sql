-- code: 903-567
-- severity: error
-- title: Missing episode ends before it starts
-- message: The child returns before the missing episode starts.
-- module: Missing
-- official: The date that the missing episode or episode that the child was away from placement
--     without authorisation ended is before the date that it started.
-- records: ssd
-- fields: missing_episode.start_date, missing_episode.end_date
-- points: missing_episode.end_date
-- source: DfE SSDA903 validation rules 2026/27, rule 567
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM missing_episode
WHERE end_date < start_date
