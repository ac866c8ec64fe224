-- code: 903-146
-- severity: error
-- title: Placement type is not a code of the year
-- message: Give the type of placement as one of the codes of the year.
-- reading: The codes are those of the year of the return: H5 and P2 ended with 2024, K3 began with
--     2025.
-- module: Episodes
-- official: Placement type code is not a valid code.
-- fields: care_episode.placement
-- points: care_episode.placement
-- source: DfE SSDA903 validation rules 2026/27, rule 146
SELECT e.child_id, e.file, e.sheet, e.line, e.placement AS value
FROM care_episode AS e
WHERE NOT EXISTS (
    SELECT *
    FROM code_list AS k
    WHERE k.list = 'placement' AND k.code = e.placement
)
