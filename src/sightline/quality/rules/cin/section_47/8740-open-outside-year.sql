-- code: 8740
-- severity: error
-- title: Open section 47 enquiry starts outside the census year
-- message: The enquiry has no conference, is not marked as needing none, and starts before the
--     first or after the last day of the census year.
-- reading: The year is that up to the ReferenceDate, both days included. Where the mark is
--     missing, nothing says that no conference was needed.
-- module: Section47
-- official: For a Section 47 Enquiry that has not held the Initial Child Protection Conference by
--     the end of the census year, the start date must fall within the census year
-- fields: section_47.start_date, section_47.conference_date, section_47.conference_not_required
-- points: section_47.start_date
-- source: DfE CIN census validation rules 2025/26, rule 8740
SELECT q.child_id, q.file, q.sheet, q.line, CAST(q.start_date AS VARCHAR) AS value
FROM section_47 AS q
CROSS JOIN return_period AS r
WHERE q.conference_date IS NULL
    AND q.conference_not_required IS NOT TRUE
    AND (q.start_date < r.period_start OR q.start_date > r.period_end)
