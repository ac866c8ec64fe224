-- code: A-006
-- severity: error
-- title: Someone over 25
-- message: The person was over 25 before the window began, so the date of birth is wrong or the row
--     does not belong in the list.
-- reading: Over 25 is aged 26 or more on the first day of the window: services for care leavers end
--     at the latest with 25.
-- fields: child.birth_date
-- points: child.birth_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT c.child_id, c.file, c.sheet, c.line, CAST(c.birth_date AS VARCHAR) AS value
FROM child AS c
CROSS JOIN return_period AS r
WHERE CAST(c.birth_date + INTERVAL 26 YEAR AS DATE) <= r.period_start
