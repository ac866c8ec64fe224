-- code: A-1002
-- severity: error
-- title: Child for adoption twice
-- message: The child stands twice on the list; leave one row with all the dates.
-- reading: Every row of the child is named.
-- module: List 10
-- fields: adoption.child_id
-- points: adoption.child_id
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, child_id AS value
FROM (SELECT t.*, COUNT(*) OVER (PARTITION BY t.child_id) AS times FROM adoption AS t) AS counted
WHERE times > 1
