-- code: A-805
-- severity: error
-- title: Placement before care
-- message: The most recent placement starts before the child started to be looked after.
-- module: List 8
-- fields: care_episode.placement_start_date, care_episode.entered_care_date
-- points: care_episode.placement_start_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(placement_start_date AS VARCHAR) AS value
FROM care_episode
WHERE placement_start_date < entered_care_date
