-- code: 903-545
-- severity: error
-- title: Development checks of a child under 5 are missing
-- message: The child was under 5 on 31 March, so say whether the development checks are up to date.
-- reading: Every row of outcomes is looked at: that the child was looked after for 12 months is
--     what rule 190 looks at.
-- module: OC2
-- official: Child is aged under 5 at 31 March and has been looked after continuously for 12 months
--     yet health promotion information has not been completed.
-- fields: care_outcome.health_check, child.birth_date
-- points: care_outcome.health_check
-- source: DfE SSDA903 validation rules 2026/27, rule 545
SELECT t.child_id, t.file, t.sheet, t.line, CAST(t.health_check AS VARCHAR) AS value
FROM care_outcome AS t
JOIN child AS c ON c.file = t.file AND c.sheet = t.sheet AND c.line = t.line
WHERE t.health_check IS NULL
    AND CAST(c.birth_date + INTERVAL 5 YEAR AS DATE) > t.year_end
