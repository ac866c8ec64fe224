-- code: A-702
-- severity: query
-- title: Plan ended after the last day
-- message: The day has not come yet on the last day of the lists, so what it ends is still open;
--     leave it blank or mend it.
-- module: List 7
-- fields: cp_plan.end_date
-- points: cp_plan.end_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM cp_plan
WHERE end_date > return_end
