-- code: O-contact
-- severity: error
-- title: Contact without a child record
-- message: The record names a child who has no record of their own, so age, sex and ethnicity
--     are not known.
-- fields: contact.child_id, child.child_id
-- points: contact.child_id
-- source: Sightline
SELECT t.child_id, t.file, t.sheet, t.line, t.child_id AS value
FROM contact AS t
LEFT JOIN child AS c ON c.child_id = t.child_id
WHERE c.child_id IS NULL
