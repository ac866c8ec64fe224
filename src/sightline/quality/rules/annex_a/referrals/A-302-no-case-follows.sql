-- code: A-302
-- severity: query
-- title: Referral taken further, and no case
-- message: The referral did not end with no further action, and the child is on neither list 4 nor
--     list 6.
-- module: List 3
-- fields: referral.no_further_action, referral.case_status, assessment.child_id
-- points: referral.no_further_action
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, CAST(t.no_further_action AS VARCHAR) AS value
FROM referral AS t
WHERE NOT t.no_further_action
    AND NOT EXISTS (SELECT * FROM assessment AS a WHERE a.child_id = t.child_id)
    AND NOT EXISTS (
        SELECT *
        FROM child AS c
        JOIN file_part AS p ON p.file = c.file AND p.sheet = c.sheet
        WHERE p.part = '6' AND c.child_id = t.child_id
    )
