-- code: 903-143
-- severity: error
-- title: Reason for the new episode is not a code
-- message: Give the reason for the new episode as one of the codes of the year.
-- module: Episodes
-- official: The reason for new episode code is not a valid code.
-- fields: care_episode.start_reason
-- points: care_episode.start_reason
-- source: DfE SSDA903 validation rules 2026/27, rule 143
SELECT e.child_id, e.file, e.sheet, e.line, e.start_reason AS value
FROM care_episode AS e
WHERE NOT EXISTS (
    SELECT *
    FROM code_list AS k
    WHERE k.list = 'episode_reason' AND k.code = e.start_reason
)
