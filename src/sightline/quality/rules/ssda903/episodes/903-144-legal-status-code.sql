-- code: 903-144
-- severity: error
-- title: Legal status is not a code
-- message: Give the legal status as one of the codes of the year.
-- module: Episodes
-- official: The legal status code is not a valid code.
-- fields: care_episode.legal_status
-- points: care_episode.legal_status
-- source: DfE SSDA903 validation rules 2026/27, rule 144
SELECT e.child_id, e.file, e.sheet, e.line, e.legal_status AS value
FROM care_episode AS e
WHERE NOT EXISTS (
    SELECT *
    FROM code_list AS k
    WHERE k.list = 'legal_status' AND k.code = e.legal_status
)
