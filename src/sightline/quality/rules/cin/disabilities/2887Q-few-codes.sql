-- code: 2887Q
-- severity: query
-- title: Few codes of disability in the whole return
-- message: Check that disabilities are recorded in full: fewer than 8 of the 12 codes are used in
--     the whole return.
-- reading: NONE and codes that the list does not have are not counted. Every disability that is
--     counted is named; where there is none, the place of the first child is, once.
-- module: Disabilities
-- official: Please check and either amend or provide a reason: Less than 8 disability codes have
--     been used in your return
-- fields: disability.disability, child.child_id
-- points: disability.disability
-- source: DfE CIN census validation rules 2025/26, rule 2887Q
WITH used AS (
    SELECT d.child_id, d.file, d.sheet, d.line, d.disability
    FROM disability AS d
    JOIN code_list AS l ON l.list = 'disability' AND l.code = d.disability
    WHERE d.disability <> 'NONE'
)
SELECT child_id, file, sheet, line, disability AS value
FROM used
WHERE (SELECT COUNT(DISTINCT disability) FROM used) < 8
UNION ALL
SELECT CAST(NULL AS VARCHAR), file, sheet, MIN(line), CAST(NULL AS VARCHAR)
FROM child
WHERE NOT EXISTS (SELECT * FROM used)
GROUP BY file, sheet
