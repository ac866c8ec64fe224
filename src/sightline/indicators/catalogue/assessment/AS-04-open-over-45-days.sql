-- code: AS-04
-- version: 1
-- title: Assessments open over 45 working days
-- area: Assessment
-- measure: stock
-- unit: assessments
-- better: lower
-- by: district, team, worker
-- fields: assessment.start_date, assessment.authorisation_date
-- definition: Assessments started on or before the day, not authorised by it, with more than 45
--     working days gone.
-- source: CIN census rule 8670Q
SELECT
    a.child_id,
    late.day AS opens,
    a.authorisation_date AS closes,
    a.start_date,
    a.district,
    a.team,
    a.worker
FROM assessment AS a
JOIN calendar AS s ON s.day = a.start_date
JOIN working_day AS late ON late.number = s.wd + 46
