-- code: AS-05
-- version: 1
-- title: Factors found at assessment
-- area: Assessment
-- measure: profile
-- unit: per 10,000 children
-- better: neutral
-- per: population
-- fields: assessment.authorisation_date, assessment_factor.factor
-- definition: Assessments authorised in the period with the factor, one rate for each factor.
-- note: The census gives an assessment's factors under its start date. Of two assessments of one
--     child that began on one day, they count for the one authorised first.
-- source: CIN census AssessmentFactors; DfE outcomes and enablers dashboard, metrics 26 to 42
SELECT
    a.child_id,
    a.authorisation_date AS day,
    f.factor AS category,
    a.start_date
FROM (
    SELECT child_id, start_date, MIN(authorisation_date) AS authorisation_date
    FROM assessment
    GROUP BY child_id, start_date
) AS a
JOIN (SELECT DISTINCT child_id, start_date, factor FROM assessment_factor) AS f
    ON f.child_id = a.child_id AND f.start_date = a.start_date
