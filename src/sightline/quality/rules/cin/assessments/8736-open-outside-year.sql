-- code: 8736
-- severity: error
-- title: Open assessment starts outside the census year
-- message: The assessment has no end and starts before the first or after the last day of the
--     census year, so give its end or leave it out.
-- reading: The year is that up to the ReferenceDate, both days included. An end that cannot be
--     read is none.
-- module: Assessments
-- official: For an Assessment that has not been completed, the start date must fall within the
--     census year
-- fields: assessment.start_date, assessment.authorisation_date
-- points: assessment.start_date
-- source: DfE CIN census validation rules 2025/26, rule 8736
SELECT a.child_id, a.file, a.sheet, a.line, CAST(a.start_date AS VARCHAR) AS value
FROM assessment AS a
CROSS JOIN return_period AS r
WHERE a.authorisation_date IS NULL
    AND (a.start_date < r.period_start OR a.start_date > r.period_end)
