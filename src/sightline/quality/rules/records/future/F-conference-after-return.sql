-- code: F-conference
-- severity: query
-- title: Conference after the return ends
-- message: The date is after the last day the return covers, so it may be a slip of the pen.
-- fields: conference.conference_date
-- points: conference.conference_date
-- source: Sightline
SELECT child_id, file, sheet, line, CAST(conference_date AS VARCHAR) AS value
FROM conference
WHERE conference_date > return_end
