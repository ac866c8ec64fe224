-- code: A-807
-- severity: error
-- title: Child in care twice
-- message: The child stands twice on the list as still in care; leave the latest placement.
-- reading: Every row in which the child is still in care is named. Someone who left care and came
--     back stands twice, once with an end.
-- module: List 8
-- fields: care_episode.child_id, care_episode.end_date
-- points: care_episode.child_id
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, child_id AS value
FROM (
    SELECT t.*, COUNT(*) OVER (PARTITION BY t.child_id) AS open_rows
    FROM care_episode AS t
    WHERE t.end_date IS NULL
) AS still_open
WHERE open_rows > 1
