-- code: A-806
-- severity: query
-- title: Legal status before care
-- message: The current legal status starts before the child started to be looked after.
-- module: List 8
-- fields: legal_status.start_date, care_episode.entered_care_date
-- points: legal_status.start_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, CAST(t.start_date AS VARCHAR) AS value
FROM legal_status AS t
JOIN care_episode AS e ON e.file = t.file AND e.sheet = t.sheet AND e.line = t.line
WHERE t.start_date < e.entered_care_date
