-- code: A-804
-- severity: error
-- title: Child in care whom list 6 does not show
-- message: List 6 does not have the child, or not as a looked-after child.
-- reading: List 6 has every open case with its status, and any row of the child may have the right
--     one. Where it does not say the status, it is taken as fitting.
-- module: List 8
-- fields: care_episode.child_id, care_episode.end_date, referral.case_status
-- points: care_episode.child_id
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, t.child_id AS value
FROM care_episode AS t
WHERE t.end_date IS NULL
    AND NOT EXISTS (
        SELECT *
        FROM child AS c
        JOIN file_part AS p ON p.file = c.file AND p.sheet = c.sheet
        LEFT JOIN referral AS r ON r.file = c.file AND r.sheet = c.sheet AND r.line = c.line
        WHERE p.part = '6'
            AND c.child_id = t.child_id
            AND COALESCE(r.case_status, 'LAC') = 'LAC'
    )
