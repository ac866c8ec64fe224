-- code: F-section-47
-- severity: query
-- title: Section 47 enquiry after the return ends
-- message: The date is after the last day the return covers, so it may be a slip of the pen.
-- fields: section_47.start_date
-- points: section_47.start_date
-- source: Sightline
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM section_47
WHERE start_date > return_end
