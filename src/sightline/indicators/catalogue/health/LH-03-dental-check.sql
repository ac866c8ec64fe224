-- code: LH-03
-- version: 1
-- title: Teeth checked in the year
-- area: Health of looked-after children
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: care_outcome.teeth_checked
-- definition: Of children looked after for 12 months or more at 31 March, those whose teeth were
--     checked by a dentist in the year.
-- note: One declined was not had. A row of a child whom the episodes of care show to have been
--     looked after for less is left out.
-- source: LAIT measure 3; SSDA903 OC2 TEETH_CHECK
SELECT
    child_id,
    day,
    teeth_checked AS met,
    district,
    team,
    worker
FROM outcome_cohort
