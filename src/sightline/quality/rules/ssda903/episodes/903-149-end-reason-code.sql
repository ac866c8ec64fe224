-- code: 903-149
-- severity: error
-- title: Reason the episode ceased is not a code of the year
-- message: Give the reason the episode ceased as one of the codes of the year.
-- reading: An episode without a reason is judged by rule 148.
-- module: Episodes
-- official: Reason episode ceased code is not valid.
-- fields: care_episode.end_reason
-- points: care_episode.end_reason
-- source: DfE SSDA903 validation rules 2026/27, rule 149
SELECT e.child_id, e.file, e.sheet, e.line, e.end_reason AS value
FROM care_episode AS e
WHERE e.end_reason IS NOT NULL AND NOT EXISTS (
    SELECT *
    FROM code_list AS k
    WHERE k.list = 'care_end_reason' AND k.code = e.end_reason
)
