-- code: F-assessment
-- severity: query
-- title: Assessment after the return ends
-- message: The date is after the last day the return covers, so it may be a slip of the pen.
-- fields: assessment.start_date
-- points: assessment.start_date
-- source: Sightline
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM assessment
WHERE start_date > return_end
