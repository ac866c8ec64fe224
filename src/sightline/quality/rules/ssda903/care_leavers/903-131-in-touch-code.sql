-- code: 903-131
-- severity: error
-- title: Being in touch is blank or not a code
-- message: Say whether the authority is in touch with the care leaver, by one of the codes.
-- module: OC3
-- official: Data entry for being in touch after leaving care is invalid.
-- fields: care_leaver.in_touch
-- points: care_leaver.in_touch
-- source: DfE SSDA903 validation rules 2026/27, rule 131
SELECT t.child_id, t.file, t.sheet, t.line, t.in_touch AS value
FROM care_leaver AS t
WHERE NOT EXISTS (
    SELECT *
    FROM code_list AS k
    WHERE k.list = 'in_touch' AND k.code = t.in_touch
)
