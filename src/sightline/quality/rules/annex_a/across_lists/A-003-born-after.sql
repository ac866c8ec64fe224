-- code: A-003
-- severity: error
-- title: Child in care, care leaver or child for adoption born after the last day
-- message: The date of birth is after the last day of the lists, which cannot be of a child in
--     care, a care leaver or a child for adoption.
-- fields: child.birth_date
-- points: child.birth_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT c.child_id, c.file, c.sheet, c.line, CAST(c.birth_date AS VARCHAR) AS value
FROM child AS c
JOIN file_part AS p ON p.file = c.file AND p.sheet = c.sheet
WHERE c.birth_date > c.return_end AND p.part IN ('8', '9', '10')
