-- code: AS-01
-- part: core
-- version: 1
-- title: Assessments within 35 working days (core assessment)
-- area: Assessment
-- measure: share
-- unit: percent
-- better: higher
-- until: 2013-03-31
-- by: district, team, worker
-- fields: assessment.start_date, assessment.authorisation_date
-- definition: Of assessments authorised in the period, those where working days from start to
--     authorisation are 35 or fewer: the limit of a core assessment before the single
--     assessment replaced initial and core assessments.
-- note: Of its day. The records mark no assessment as an initial or a core one, since the census has
--     not done so from 2013 on: each part holds every assessment against its own limit, from its
--     actual start, so that the old rule and the new one can be set side by side.
-- source: Working Together 2010, as quoted in practice pages (unverified: check before quoting)
SELECT
    a.child_id,
    a.authorisation_date AS day,
    a.authorisation_date >= a.start_date AND e.wd - s.wd <= 35 AS met,
    a.start_date,
    e.wd - s.wd AS working_days,
    a.district,
    a.team,
    a.worker
FROM assessment AS a
LEFT JOIN calendar AS s ON s.day = a.start_date
LEFT JOIN calendar AS e ON e.day = a.authorisation_date
WHERE a.authorisation_date IS NOT NULL
