-- code: A-706
-- severity: query
-- title: Fewer earlier plans stated than the list shows
-- message: The list shows more earlier plans of the child than the number stated.
-- module: List 7
-- fields: cp_plan.previous_plans, cp_plan.start_date
-- points: cp_plan.previous_plans
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(previous_plans AS VARCHAR) AS value
FROM (
    SELECT t.*, RANK() OVER (PARTITION BY t.child_id ORDER BY t.start_date) AS place
    FROM cp_plan AS t
    WHERE t.start_date IS NOT NULL
) AS in_order
WHERE previous_plans < place - 1
