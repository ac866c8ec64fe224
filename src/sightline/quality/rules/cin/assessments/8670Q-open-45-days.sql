-- code: 8670Q
-- severity: query
-- title: Assessment open for more than 45 working days
-- message: The assessment started more than 45 working days before the end of the return and has
--     no end.
-- reading: Working days are those after the start, up to the last day of the return: bank holidays
--     of England and Wales are none. An end that cannot be read is none. In records of several
--     returns, the return is the last that has the assessment.
-- module: Assessments
-- official: Please check and either amend data or provide a reason: Assessment started more than
--     45 working days before the end of the census year. However, there is no Assessment end date.
-- records: annex_a, ssd, dfe_api
-- fields: assessment.start_date, assessment.authorisation_date
-- points: assessment.authorisation_date
-- source: DfE CIN census validation rules 2025/26, rule 8670Q
SELECT a.child_id, a.file, a.sheet, a.line, CAST(a.authorisation_date AS VARCHAR) AS value
FROM assessment AS a
JOIN calendar AS s ON s.day = a.start_date
JOIN calendar AS e ON e.day = a.return_end
WHERE a.authorisation_date IS NULL AND e.wd - s.wd > 45
