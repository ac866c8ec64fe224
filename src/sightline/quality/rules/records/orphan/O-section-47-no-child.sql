-- code: O-section-47
-- severity: error
-- title: Section 47 enquiry without a child record
-- message: The record names a child who has no record of their own, so age, sex and ethnicity
--     are not known.
-- fields: section_47.child_id, child.child_id
-- points: section_47.child_id
-- source: Sightline
SELECT t.child_id, t.file, t.sheet, t.line, t.child_id AS value
FROM section_47 AS t
LEFT JOIN child AS c ON c.child_id = t.child_id
WHERE c.child_id IS NULL
