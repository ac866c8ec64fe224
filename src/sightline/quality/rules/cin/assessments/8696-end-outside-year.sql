-- code: 8696
-- severity: error
-- title: Assessment ends outside the census year
-- message: The assessment ends before the first or after the last day of the census year, so it
--     does not belong in this return.
-- reading: The year is that up to the ReferenceDate, both days included.
-- module: Assessments
-- official: Assessment end date must fall within the census year
-- fields: assessment.authorisation_date
-- points: assessment.authorisation_date
-- source: DfE CIN census validation rules 2025/26, rule 8696
SELECT a.child_id, a.file, a.sheet, a.line, CAST(a.authorisation_date AS VARCHAR) AS value
FROM assessment AS a
CROSS JOIN return_period AS r
WHERE a.authorisation_date < r.period_start OR a.authorisation_date > r.period_end
