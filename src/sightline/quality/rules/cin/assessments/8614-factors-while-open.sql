-- code: 8614
-- severity: error
-- title: Factors of an assessment that is not completed
-- message: The assessment has factors but no end, so give its end or leave the factors out.
-- reading: The assessment is named once, not each of its factors. Factors are of the child's
--     assessment that starts on the same day; where there are several, none of them may be
--     completed, because it is not known whose the factors are.
-- module: Assessments
-- official: Parental or child factors at assessment should only be present for a completed
--     assessment.
-- fields: assessment.authorisation_date, assessment_factor.factor
-- points: assessment.authorisation_date
-- source: DfE CIN census validation rules 2025/26, rule 8614
SELECT child_id, file, sheet, line, CAST(authorisation_date AS VARCHAR) AS value
FROM (
    SELECT
        a.*, COUNT(a.authorisation_date) OVER (PARTITION BY a.child_id, a.start_date) AS completed
    FROM assessment AS a
) AS held
WHERE completed = 0
    AND EXISTS (
        SELECT *
        FROM assessment_factor AS f
        WHERE f.child_id = held.child_id AND f.start_date = held.start_date
    )
