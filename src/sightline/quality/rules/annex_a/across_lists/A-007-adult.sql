-- code: A-007
-- severity: query
-- title: Adult on a list of children
-- message: The person was 18 before the window began, and the list is of children; check the date
--     of birth, or leave the row out.
-- reading: List 8 has a rule of its own (A-808), and list 9 is of young adults.
-- fields: child.birth_date
-- points: child.birth_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT c.child_id, c.file, c.sheet, c.line, CAST(c.birth_date AS VARCHAR) AS value
FROM child AS c
JOIN file_part AS p ON p.file = c.file AND p.sheet = c.sheet
CROSS JOIN return_period AS r
WHERE p.part NOT IN ('8', '9') AND CAST(c.birth_date + INTERVAL 18 YEAR AS DATE) <= r.period_start
