-- code: A-810
-- severity: query
-- title: No placement counted
-- message: The child is in care, so the number of placements in the last 12 months is at least one.
-- module: List 8
-- fields: care_episode.stated_placements, care_episode.end_date
-- points: care_episode.stated_placements
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(stated_placements AS VARCHAR) AS value
FROM care_episode
WHERE stated_placements < 1 AND end_date IS NULL
