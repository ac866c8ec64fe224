-- code: 8794
-- severity: error
-- title: Disability given twice
-- message: Give each disability of the child once.
-- reading: Each of the alike is named. A child who stands twice in the return (rule 8510) is looked
--     at as one.
-- module: Disabilities
-- official: Child has two or more disabilities with the same code
-- fields: disability.disability
-- points: disability.disability
-- source: DfE CIN census validation rules 2025/26, rule 8794
SELECT child_id, file, sheet, line, disability AS value
FROM (
    SELECT d.*, COUNT(*) OVER (PARTITION BY d.child_id, d.disability) AS times
    FROM disability AS d
) AS given
WHERE times > 1
