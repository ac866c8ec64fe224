-- code: 903-148
-- severity: error
-- title: End of an episode and its reason do not come together
-- message: Give both the end of the episode and the reason for it, or neither.
-- reading: The one that is blank is named; a date that cannot be read counts as blank.
-- module: Episodes
-- official: Date episode ceased and reason episode ceased must both be coded, or both left blank.
-- records: annex_a, ssd, dfe_api
-- fields: care_episode.end_date, care_episode.end_reason
-- points: care_episode.end_date, care_episode.end_reason
-- source: DfE SSDA903 validation rules 2026/27, rule 148
SELECT
    child_id,
    file,
    sheet,
    line,
    CASE
        WHEN end_date IS NULL THEN 'care_episode.end_date'
        ELSE 'care_episode.end_reason'
    END AS points,
    CAST(NULL AS VARCHAR) AS value
FROM care_episode
WHERE (end_date IS NULL) <> (end_reason IS NULL)
