-- code: LH-04
-- version: 1
-- title: Immunisations up to date
-- area: Health of looked-after children
-- measure: share
-- unit: percent
-- better: higher
-- by: district
-- fields: care_outcome.immunised
-- definition: Of children looked after for 12 months or more at 31 March, those whose
--     immunisations were up to date.
-- source: LAIT measure 3; SSDA903 OC2 IMMUNISATIONS
SELECT
    o.child_id,
    o.year_end AS day,
    o.immunised AS met,
    o.district
FROM care_outcome AS o
WHERE o.year_end IS NOT NULL
