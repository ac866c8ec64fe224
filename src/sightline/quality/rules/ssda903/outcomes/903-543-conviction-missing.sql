-- code: 903-543
-- severity: error
-- title: Conviction of a child of 10 or over is missing
-- message: The child was 10 or over on 31 March, so say whether the child was convicted or
--     cautioned in the year.
-- reading: Every row of outcomes is looked at: that the child was looked after for 12 months is
--     what rule 190 looks at.
-- module: OC2
-- official: Child is aged 10 or over at 31 March and has been looked after continuously for 12
--     months yet conviction information has not been completed.
-- fields: care_outcome.convicted, child.birth_date
-- points: care_outcome.convicted
-- source: DfE SSDA903 validation rules 2026/27, rule 543
SELECT t.child_id, t.file, t.sheet, t.line, CAST(t.convicted AS VARCHAR) AS value
FROM care_outcome AS t
JOIN child AS c ON c.file = t.file AND c.sheet = t.sheet AND c.line = t.line
WHERE t.convicted IS NULL
    AND CAST(c.birth_date + INTERVAL 10 YEAR AS DATE) <= t.year_end
