-- code: A-605
-- severity: error
-- title: Case status of a plan that list 7 does not have
-- message: The status is child protection plan, and list 7 has no open plan of the child.
-- module: List 6
-- fields: referral.case_status, cp_plan.end_date
-- points: referral.case_status
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, t.case_status AS value
FROM referral AS t
WHERE t.case_status = 'CP'
    AND NOT EXISTS (
        SELECT *
        FROM cp_plan AS p
        WHERE p.child_id = t.child_id AND p.end_date IS NULL
    )
