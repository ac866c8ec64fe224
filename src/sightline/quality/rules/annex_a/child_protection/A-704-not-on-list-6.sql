-- code: A-704
-- severity: error
-- title: Open plan that list 6 does not show
-- message: List 6 does not have the child, or not as a child with a plan or in care.
-- reading: A child in care may have a plan and the status of a looked-after child. List 6 has every
--     open case with its status, and any row of the child may have the right one. Where it does not
--     say the status, it is taken as fitting.
-- module: List 7
-- fields: cp_plan.child_id, cp_plan.end_date, referral.case_status
-- points: cp_plan.child_id
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, t.child_id AS value
FROM cp_plan AS t
WHERE t.end_date IS NULL
    AND NOT EXISTS (
        SELECT *
        FROM child AS c
        JOIN file_part AS p ON p.file = c.file AND p.sheet = c.sheet
        LEFT JOIN referral AS r ON r.file = c.file AND r.sheet = c.sheet AND r.line = c.line
        WHERE p.part = '6'
            AND c.child_id = t.child_id
            AND COALESCE(r.case_status, 'CP') IN ('CP', 'LAC')
    )
