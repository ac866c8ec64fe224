-- code: S01
-- severity: error
-- title: Section 47 enquiry ends before it starts
-- message: The enquiry is concluded before it starts.
-- fields: section_47.start_date, section_47.end_date
-- points: section_47.end_date
-- source: Sightline
SELECT child_id, file, sheet, line, CAST(end_date AS VARCHAR) AS value
FROM section_47
WHERE end_date < start_date
