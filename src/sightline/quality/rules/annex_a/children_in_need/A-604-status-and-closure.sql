-- code: A-604
-- severity: error
-- title: Case status and closure date do not agree
-- message: A closed case has a closure date and a case with a closure date is closed; mend the one
--     that is wrong.
-- module: List 6
-- fields: referral.case_status, referral.closure_date
-- points: referral.case_status
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, case_status AS value
FROM referral
WHERE (case_status = 'CLOSED') <> (closure_date IS NOT NULL)
