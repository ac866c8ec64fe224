-- code: A-803
-- severity: query
-- title: Child in care without a worker
-- message: The child has no worker named on the last day; name one, or say who holds the case.
-- module: List 8
-- fields: care_episode.worker, care_episode.end_date
-- points: care_episode.worker
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, worker AS value
FROM care_episode
WHERE worker IS NULL AND end_date IS NULL
