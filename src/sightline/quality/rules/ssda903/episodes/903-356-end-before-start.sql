-- code: 903-356
-- severity: error
-- title: Episode of care ends before it starts
-- message: The episode of care ends before it starts.
-- module: Episodes
-- official: The date the episode ceased is before the date the same episode started.
-- records: annex_a, ssd, dfe_api
-- fields: care_episode.start_date, care_episode.end_date
-- points: care_episode.end_date
-- source: DfE SSDA903 validation rules 2026/27, rule 356
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM care_episode
WHERE end_date < start_date
