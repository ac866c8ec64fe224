-- code: O-care-episode
-- severity: error
-- title: Episode of care without a child record
-- message: The record names a child who has no record of their own, so age, sex and ethnicity
--     are not known.
-- fields: care_episode.child_id, child.child_id
-- points: care_episode.child_id
-- source: Sightline
SELECT t.child_id, t.file, t.sheet, t.line, t.child_id AS value
FROM care_episode AS t
LEFT JOIN child AS c ON c.child_id = t.child_id
WHERE c.child_id IS NULL
