-- code: 903-132
-- severity: error
-- title: Activity is not a code of the year
-- message: Give the activity of the care leaver as one of the codes of the year.
-- reading: A blank is judged by rule 153 of the collection, which is not among these: those who
--     died or went home have none.
-- module: OC3
-- official: Data entry for activity after leaving care is invalid.
-- fields: care_leaver.activity
-- points: care_leaver.activity
-- source: DfE SSDA903 validation rules 2026/27, rule 132
SELECT t.child_id, t.file, t.sheet, t.line, t.activity AS value
FROM care_leaver AS t
WHERE t.activity IS NOT NULL
    AND NOT EXISTS (
        SELECT *
        FROM code_list AS k
        WHERE k.list = 'activity' AND k.code = t.activity
    )
