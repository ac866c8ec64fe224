-- code: 8897Q
-- severity: query
-- title: Completed assessment without factors
-- message: The assessment was completed, so give the factors it identified, or code 21 if there
--     were none.
-- reading: As the Department sets it out, an assessment that ended on or after the first day of
--     the census year needs a factor that is in the code set; one right code is enough. Factors
--     are of the child's assessment that starts on the same day, so of an assessment without a
--     start they are not known.
-- module: Assessments
-- official: Parental or child factors at assessment information is missing from a completed
--     assessment
-- fields: assessment.authorisation_date, assessment.start_date, assessment_factor.factor
-- points: assessment.authorisation_date
-- source: DfE CIN census validation rules 2025/26, rule 8897Q
SELECT a.child_id, a.file, a.sheet, a.line, CAST(a.authorisation_date AS VARCHAR) AS value
FROM assessment AS a
CROSS JOIN return_period AS r
WHERE a.authorisation_date >= r.period_start
    AND a.start_date IS NOT NULL
    AND NOT EXISTS (
        SELECT *
        FROM assessment_factor AS f
        JOIN code_list AS c ON c.list = 'assessment_factor' AND c.code = f.factor
        WHERE f.child_id = a.child_id AND f.start_date = a.start_date
    )
