-- code: O-assessment
-- severity: error
-- title: Assessment without a child record
-- message: The record names a child who has no record of their own, so age, sex and ethnicity
--     are not known.
-- fields: assessment.child_id, child.child_id
-- points: assessment.child_id
-- source: Sightline
SELECT t.child_id, t.file, t.sheet, t.line, t.child_id AS value
FROM assessment AS t
LEFT JOIN child AS c ON c.child_id = t.child_id
WHERE c.child_id IS NULL
