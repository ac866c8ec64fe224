-- code: 2888Q
-- severity: query
-- title: No child has more than one disability
-- message: Check that every disability of a child is recorded: no child of the return has two.
-- reading: It is about the whole return: one child with two different codes is enough for it to
--     pass. NONE and codes that the list does not have are not counted, and a code given twice is
--     one. Every disability that is counted is named. A return in which no child is disabled is
--     rule 2887Q's.
-- module: Disabilities
-- official: Please check and either amend or provide a reason: Only one disability code is recorded
--     per child and multiple disabilities should be recorded where possible.
-- fields: disability.disability
-- points: disability.disability
-- source: DfE CIN census validation rules 2025/26, rule 2888Q
WITH used AS (
    SELECT d.child_id, d.file, d.sheet, d.line, d.disability
    FROM disability AS d
    JOIN code_list AS l ON l.list = 'disability' AND l.code = d.disability
    WHERE d.disability <> 'NONE'
)
SELECT child_id, file, sheet, line, disability AS value
FROM used
WHERE NOT EXISTS (
    SELECT *
    FROM used AS one
    JOIN used AS another
        ON another.child_id = one.child_id AND another.disability <> one.disability
)
