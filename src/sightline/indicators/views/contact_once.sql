-- Each contact once, however many children it is about: the first of them stands for it. A child added
-- since it was opened again came with the contact of that day. One without a number is of one child.
SELECT *
FROM (
    SELECT
        c.*,
        ROW_NUMBER() OVER (PARTITION BY c.contact_id, c.contact_date ORDER BY c.child_id) AS place
    FROM contact AS c
) AS s
WHERE contact_id IS NULL OR place = 1
