-- code: AS-02
-- version: 1
-- title: Median length of an assessment
-- area: Assessment
-- measure: median
-- unit: working days
-- better: lower
-- by: district, team, worker
-- fields: assessment.start_date, assessment.authorisation_date
-- definition: Median working days from actual start to authorisation, of assessments authorised
--     in the period. The lower and upper quartiles stand beside it.
-- note: Assessments that end before they start are left out, and are findings.
-- source: DfE children in need table c2
SELECT
    a.child_id,
    a.authorisation_date AS day,
    e.wd - s.wd AS value,
    a.start_date,
    a.district,
    a.team,
    a.worker
FROM assessment AS a
LEFT JOIN calendar AS s ON s.day = a.start_date
LEFT JOIN calendar AS e ON e.day = a.authorisation_date
WHERE a.authorisation_date >= a.start_date
