-- code: A-904
-- severity: error
-- title: Eligible child whom list 8 does not have
-- message: An eligible child is still looked after, and list 8 does not show the child as in care.
-- module: List 9
-- fields: care_leaver.eligibility, care_episode.end_date
-- points: care_leaver.eligibility
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, t.eligibility AS value
FROM care_leaver AS t
WHERE t.eligibility = 'ELIGIBLE'
    AND NOT EXISTS (
        SELECT *
        FROM child AS c
        JOIN file_part AS p ON p.file = c.file AND p.sheet = c.sheet
        LEFT JOIN care_episode AS e
            ON e.file = c.file AND e.sheet = c.sheet AND e.line = c.line
        WHERE p.part = '8' AND c.child_id = t.child_id AND e.end_date IS NULL
    )
