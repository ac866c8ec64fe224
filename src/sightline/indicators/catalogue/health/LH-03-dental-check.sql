-- code: LH-03
-- version: 1
-- title: Teeth checked in the year
-- area: Health of looked-after children
-- measure: share
-- unit: percent
-- better: higher
-- by: district
-- fields: care_outcome.teeth_checked
-- definition: Of children looked after for 12 months or more at 31 March, those whose teeth were
--     checked by a dentist in the year.
-- note: One declined was not had.
-- source: LAIT measure 3; SSDA903 OC2 TEETH_CHECK
SELECT
    o.child_id,
    o.year_end AS day,
    o.teeth_checked AS met,
    o.district
FROM care_outcome AS o
WHERE o.year_end IS NOT NULL
