-- code: A-002
-- severity: query
-- title: A list is missing
-- message: The return has no such list; inspectors ask for all eleven.
-- reading: The finding stands at one of the lists that are there. Nothing is said of a return
--     without any row.
-- fields: child.child_id
-- points: child.child_id
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT
    CAST(NULL AS VARCHAR) AS child_id,
    held.file,
    held.sheet,
    CAST(NULL AS INTEGER) AS line,
    CONCAT('List ', wanted.part) AS value
FROM (
    VALUES ('1'), ('2'), ('3'), ('4'), ('5'), ('6'), ('7'), ('8'), ('9'), ('10'), ('11')
) AS wanted (part)
CROSS JOIN (
    SELECT p.file, p.sheet, ROW_NUMBER() OVER (ORDER BY p.part) AS place
    FROM file_part AS p
) AS held
WHERE held.place = 1
    AND EXISTS (SELECT * FROM child)
    AND NOT EXISTS (SELECT * FROM file_part AS p WHERE p.part = wanted.part)
