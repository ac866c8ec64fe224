-- code: LH-06
-- version: 1
-- title: Substance misuse problem
-- area: Health of looked-after children
-- measure: share
-- unit: percent
-- better: lower
-- by: district, team, worker
-- fields: care_outcome.substance_misuse
-- definition: Of children looked after for 12 months or more at 31 March, those identified as
--     having a substance misuse problem in the year.
-- note: A row of a child whom the episodes of care show to have been looked after for less is
--     left out.
-- source: LAIT 239; SSDA903 OC2 SUBSTANCE_MISUSE
SELECT
    child_id,
    day,
    substance_misuse AS met,
    district,
    team,
    worker
FROM outcome_cohort
