-- code: O-visit
-- severity: error
-- title: Visit without a child record
-- message: The record names a child who has no record of their own, so age, sex and ethnicity
--     are not known.
-- fields: visit.child_id, child.child_id
-- points: visit.child_id
-- source: Sightline
SELECT t.child_id, t.file, t.sheet, t.line, t.child_id AS value
FROM visit AS t
LEFT JOIN child AS c ON c.child_id = t.child_id
WHERE c.child_id IS NULL
