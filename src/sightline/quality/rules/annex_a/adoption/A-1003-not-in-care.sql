-- code: A-1003
-- severity: error
-- title: Child for adoption whom list 8 does not have
-- message: The child is to be adopted and is not adopted yet, so is in care, and list 8 does not
--     show it.
-- reading: A child is looked after until the adoption order. Where the decision was reversed or
--     none is given, nothing is said.
-- module: List 10
-- fields: adoption.child_id, adoption.decision_date, adoption.order_date, adoption.reversed_date,
--     care_episode.end_date
-- points: adoption.child_id
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, t.child_id AS value
FROM adoption AS t
WHERE t.decision_date IS NOT NULL
    AND t.order_date IS NULL
    AND t.reversed_date IS NULL
    AND NOT EXISTS (
        SELECT *
        FROM child AS c
        JOIN file_part AS p ON p.file = c.file AND p.sheet = c.sheet
        LEFT JOIN care_episode AS e
            ON e.file = c.file AND e.sheet = c.sheet AND e.line = c.line
        WHERE p.part = '8' AND c.child_id = t.child_id AND e.end_date IS NULL
    )
