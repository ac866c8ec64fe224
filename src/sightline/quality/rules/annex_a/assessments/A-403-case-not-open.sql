-- code: A-403
-- severity: error
-- title: Open assessment without an open case
-- message: The assessment is not authorised, and list 6 shows no open case of the child.
-- reading: Where list 6 does not say the status of a case it is taken as open. A child who is not
--     on list 6 has no open case.
-- module: List 4
-- fields: assessment.authorisation_date, referral.case_status
-- points: assessment.authorisation_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, CAST(t.authorisation_date AS VARCHAR) AS value
FROM assessment AS t
WHERE t.authorisation_date IS NULL
    AND NOT EXISTS (
        SELECT *
        FROM child AS c
        JOIN file_part AS p ON p.file = c.file AND p.sheet = c.sheet
        LEFT JOIN referral AS r ON r.file = c.file AND r.sheet = c.sheet AND r.line = c.line
        WHERE p.part = '6'
            AND c.child_id = t.child_id
            AND (r.case_status IS NULL OR r.case_status <> 'CLOSED')
    )
