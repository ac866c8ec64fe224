-- code: AS-01
-- version: 2
-- title: Assessments within 45 working days
-- area: Assessment
-- measure: share
-- unit: percent
-- better: higher
-- from: 2013-04-01
-- replaces: AS-01 version 1 (initial assessment 10 and core assessment 35 working days)
-- by: district, team, worker
-- fields: assessment.start_date, assessment.authorisation_date
-- definition: Of assessments authorised (ended) in the period, those where working days from
--     actual start to authorisation are 45 or fewer. The start is day 0. An end before its start
--     is not met.
-- source: LAIT 304; DfE children in need table c2; Working Together 2013 onwards
SELECT
    a.child_id,
    a.authorisation_date AS day,
    a.authorisation_date >= a.start_date AND e.wd - s.wd <= 45 AS met,
    a.start_date,
    e.wd - s.wd AS working_days,
    a.district,
    a.team,
    a.worker
FROM assessment AS a
LEFT JOIN calendar AS s ON s.day = a.start_date
LEFT JOIN calendar AS e ON e.day = a.authorisation_date
WHERE a.authorisation_date IS NOT NULL
