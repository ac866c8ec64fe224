-- code: LH-02
-- version: 1
-- title: Health assessment up to date
-- area: Health of looked-after children
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: care_outcome.health_assessed
-- definition: Of children looked after for 12 months or more at 31 March, those with the annual
--     health assessment.
-- note: For a child under 5 the source says yes only when both half-yearly assessments were
--     had. One declined was not had. A row of a child whom the episodes of care show to have
--     been looked after for less is left out.
-- source: LAIT measure 3; SSDA903 OC2 HEALTH_ASSESSMENT
SELECT
    child_id,
    day,
    health_assessed AS met,
    district,
    team,
    worker
FROM outcome_cohort
