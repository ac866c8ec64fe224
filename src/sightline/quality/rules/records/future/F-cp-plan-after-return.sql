-- code: F-cp-plan
-- severity: query
-- title: Child protection plan after the return ends
-- message: The date is after the last day the return covers, so it may be a slip of the pen.
-- fields: cp_plan.start_date
-- points: cp_plan.start_date
-- source: Sightline
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM cp_plan
WHERE start_date > return_end
