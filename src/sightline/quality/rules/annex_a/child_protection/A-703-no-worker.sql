-- code: A-703
-- severity: query
-- title: Open plan without a worker
-- message: The child has no worker named on the last day; name one, or say who holds the case.
-- module: List 7
-- fields: cp_plan.worker, cp_plan.end_date
-- points: cp_plan.worker
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, worker AS value
FROM cp_plan
WHERE worker IS NULL AND end_date IS NULL
