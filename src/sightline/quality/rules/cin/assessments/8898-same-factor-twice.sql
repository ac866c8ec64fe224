-- code: 8898
-- severity: error
-- title: Assessment has the same factor twice
-- message: The assessment has the same factor more than once, so leave out all but one.
-- reading: Every row with the factor is named. Factors are of the child's assessment that starts
--     on the same day; where there are several, the factor must stand more often than there are
--     assessments for it to be known that one of them has it twice.
-- module: Assessments
-- official: The assessment has more than one parental or child factors with the same code
-- fields: assessment_factor.factor, assessment.start_date
-- points: assessment_factor.factor
-- source: DfE CIN census validation rules 2025/26, rule 8898
SELECT f.child_id, f.file, f.sheet, f.line, f.factor AS value
FROM (
    SELECT t.*, COUNT(*) OVER (PARTITION BY t.child_id, t.start_date, t.factor) AS times
    FROM assessment_factor AS t
) AS f
JOIN (
    SELECT child_id, start_date, COUNT(*) AS assessments
    FROM assessment
    GROUP BY child_id, start_date
) AS a
    ON a.child_id = f.child_id AND a.start_date = f.start_date
WHERE f.times > a.assessments
