-- code: A-606
-- severity: error
-- title: Case status of a child in care whom list 8 does not have
-- message: The status is looked-after child, and list 8 does not show the child as in care.
-- module: List 6
-- fields: referral.case_status, care_episode.end_date
-- points: referral.case_status
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, t.case_status AS value
FROM referral AS t
WHERE t.case_status = 'LAC'
    AND NOT EXISTS (
        SELECT *
        FROM child AS c
        JOIN file_part AS p ON p.file = c.file AND p.sheet = c.sheet
        LEFT JOIN care_episode AS e
            ON e.file = c.file AND e.sheet = c.sheet AND e.line = c.line
        WHERE p.part = '8' AND c.child_id = t.child_id AND e.end_date IS NULL
    )
