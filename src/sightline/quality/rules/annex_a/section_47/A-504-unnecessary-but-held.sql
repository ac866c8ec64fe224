-- code: A-504
-- severity: error
-- title: Conference said to be unnecessary and held
-- message: The list says that no conference was needed and gives the date of one.
-- module: List 5
-- fields: section_47.conference_not_required, section_47.conference_date
-- points: section_47.conference_not_required
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(conference_not_required AS VARCHAR) AS value
FROM section_47
WHERE conference_not_required AND conference_date IS NOT NULL
