-- code: LH-02
-- version: 1
-- title: Health assessment up to date
-- area: Health of looked-after children
-- measure: share
-- unit: percent
-- better: higher
-- by: district
-- fields: care_outcome.health_assessed
-- definition: Of children looked after for 12 months or more at 31 March, those with the annual
--     health assessment.
-- note: For a child under 5 the source says yes only when both half-yearly assessments were had.
--     One declined was not had.
-- source: LAIT measure 3; SSDA903 OC2 HEALTH_ASSESSMENT
SELECT
    o.child_id,
    o.year_end AS day,
    o.health_assessed AS met,
    o.district
FROM care_outcome AS o
WHERE o.year_end IS NOT NULL
