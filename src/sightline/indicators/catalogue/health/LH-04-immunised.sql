-- code: LH-04
-- version: 1
-- title: Immunisations up to date
-- area: Health of looked-after children
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: care_outcome.immunised
-- definition: Of children looked after for 12 months or more at 31 March, those whose
--     immunisations were up to date.
-- note: A row of a child whom the episodes of care show to have been looked after for less is
--     left out.
-- source: LAIT measure 3; SSDA903 OC2 IMMUNISATIONS
SELECT
    child_id,
    day,
    immunised AS met,
    district,
    team,
    worker
FROM outcome_cohort
