-- code: A-901
-- severity: error
-- title: Care leaver twice
-- message: The care leaver stands twice on the list; leave one row.
-- reading: Every row of the care leaver is named.
-- module: List 9
-- fields: care_leaver.child_id
-- points: care_leaver.child_id
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, child_id AS value
FROM (SELECT t.*, COUNT(*) OVER (PARTITION BY t.child_id) AS times FROM care_leaver AS t) AS counted
WHERE times > 1
