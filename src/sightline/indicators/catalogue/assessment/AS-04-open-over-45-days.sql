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
    -- The calendar begins in 1990: whatever began before it is late on every day of it.
    COALESCE(late.day, a.start_date) AS opens,
    a.authorisation_date AS closes,
    a.start_date,
    a.district,
    a.team,
    a.worker
FROM assessment AS a
LEFT JOIN calendar AS s ON s.day = a.start_date
LEFT JOIN working_day AS late ON late.number = s.wd + 46
