-- code: 903-133
-- severity: error
-- title: Accommodation is not a code
-- message: Give the accommodation as a letter of the list and 1 where it is suitable or 2 where it
--     is not, or as 0.
-- reading: The letter and the digit are both needed, but for 0, which says that nothing is known.
-- module: OC3
-- official: Data entry for accommodation after leaving care is invalid. If reporting on a childs
--     accommodation after leaving care the data entry must be valid
-- fields: care_leaver.accommodation, care_leaver.suitable
-- points: care_leaver.accommodation
-- source: DfE SSDA903 validation rules 2026/27, rule 133
SELECT t.child_id, t.file, t.sheet, t.line, t.accommodation AS value
FROM care_leaver AS t
WHERE t.accommodation IS NOT NULL
    AND (
        NOT EXISTS (
            SELECT *
            FROM code_list AS k
            WHERE k.list = 'accommodation' AND k.code = t.accommodation
        )
        OR t.accommodation <> '0' AND t.suitable IS NULL
    )
