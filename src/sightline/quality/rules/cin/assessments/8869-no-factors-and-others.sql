-- code: 8869
-- severity: error
-- title: Factor 21 beside other factors
-- message: Code 21 says that no factors were identified, so either it or the other factors are
--     wrong.
-- reading: The row with code 21 is named. Factors are of the child's assessment that starts on the
--     same day; where there are several, each of them must have code 21 for it to be known that
--     the other factors stand beside it. A code of no list is another factor too.
-- module: Assessments
-- official: The assessment factors code “21” cannot be used in conjunction with any other
--     assessment factors.
-- fields: assessment_factor.factor, assessment.start_date
-- points: assessment_factor.factor
-- source: DfE CIN census validation rules 2025/26, rule 8869
SELECT f.child_id, f.file, f.sheet, f.line, f.factor AS value
FROM (
    SELECT
        t.*,
        COUNT(CASE WHEN t.factor = '21' THEN t.factor END) OVER (
            PARTITION BY t.child_id, t.start_date
        ) AS times_none,
        COUNT(*) OVER (PARTITION BY t.child_id, t.start_date) AS factors
    FROM assessment_factor AS t
) AS f
JOIN (
    SELECT child_id, start_date, COUNT(*) AS assessments
    FROM assessment
    GROUP BY child_id, start_date
) AS a
    ON a.child_id = f.child_id AND a.start_date = f.start_date
WHERE f.factor = '21' AND f.factors > f.times_none AND f.times_none >= a.assessments
