-- code: F-visit
-- severity: query
-- title: Visit after the return ends
-- message: The date is after the last day the return covers, so it may be a slip of the pen.
-- fields: visit.visit_date
-- points: visit.visit_date
-- source: Sightline
SELECT child_id, file, sheet, line, CAST(visit_date AS VARCHAR) AS value
FROM visit
WHERE visit_date > return_end
