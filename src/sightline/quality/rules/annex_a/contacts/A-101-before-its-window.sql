-- code: A-101
-- severity: query
-- title: Contact before the window of the list
-- message: The list holds what is dated before the days it covers; draw it again with the right
--     days.
-- reading: A list covers the days that the return covers, which are six months unless its notes
--     state more; what is named is the earliest row before them, as a list that reaches too far
--     back is drawn again, not mended row by row.
-- module: List 1
-- fields: contact.contact_date
-- points: contact.contact_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(contact_date AS VARCHAR) AS value
FROM (
    SELECT t.*, ROW_NUMBER() OVER (ORDER BY t.contact_date, t.line) AS place
    FROM contact AS t
    CROSS JOIN return_period AS r
    WHERE t.contact_date < r.period_start
) AS earlier
WHERE place = 1
