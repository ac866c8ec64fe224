-- code: 903-571
-- severity: error
-- title: Missing episode ends outside the year
-- message: The missing episode ends before the first day of the year or after its last.
-- module: Missing
-- official: The date that the child ceased to be missing or away from placement without
--     authorisation is before the start or after the end of the collection year.
-- fields: missing_episode.end_date
-- points: missing_episode.end_date
-- source: DfE SSDA903 validation rules 2026/27, rule 571
SELECT t.child_id, t.file, t.sheet, t.line, CAST(t.end_date AS VARCHAR) AS value
FROM missing_episode AS t
CROSS JOIN return_period AS r
WHERE t.end_date < r.period_start OR t.end_date > r.period_end
