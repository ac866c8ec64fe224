-- code: A-004
-- severity: query
-- title: Child not born by the last day
-- message: The date of birth is after the last day of the lists; give an unborn child no date of
--     birth, or mend it.
-- reading: Lists 1 to 7 may hold unborn children, some of them with the date on which the birth is
--     expected.
-- fields: child.birth_date
-- points: child.birth_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT c.child_id, c.file, c.sheet, c.line, CAST(c.birth_date AS VARCHAR) AS value
FROM child AS c
JOIN file_part AS p ON p.file = c.file AND p.sheet = c.sheet
WHERE c.birth_date > c.return_end AND p.part NOT IN ('8', '9', '10')
