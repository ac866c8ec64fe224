-- code: A-603
-- severity: query
-- title: Open case without a worker
-- message: The case is open and no worker is named; name one, or say who holds it.
-- reading: A case whose status is not given is not taken as open.
-- module: List 6
-- fields: referral.worker, referral.closure_date, referral.case_status
-- points: referral.worker
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, t.worker AS value
FROM referral AS t
WHERE t.worker IS NULL AND t.closure_date IS NULL AND t.case_status <> 'CLOSED'
