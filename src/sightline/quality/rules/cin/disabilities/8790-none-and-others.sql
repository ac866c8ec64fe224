-- code: 8790
-- severity: error
-- title: Disability both NONE and another
-- message: Take NONE away if the child has a disability, or the others if not.
-- reading: Every disability of such a child is named. A child who stands twice in the return (rule
--     8510) is looked at as one.
-- module: Disabilities
-- official: Disability information includes both None and other values
-- fields: disability.disability
-- points: disability.disability
-- source: DfE CIN census validation rules 2025/26, rule 8790
SELECT child_id, file, sheet, line, disability AS value
FROM disability AS d
WHERE EXISTS (
    SELECT *
    FROM disability AS other
    WHERE other.child_id = d.child_id AND (other.disability = 'NONE') <> (d.disability = 'NONE')
)
