-- code: LH-06
-- version: 1
-- title: Substance misuse problem
-- area: Health of looked-after children
-- measure: share
-- unit: percent
-- better: lower
-- by: district
-- fields: care_outcome.substance_misuse
-- definition: Of children looked after for 12 months or more at 31 March, those identified as
--     having a substance misuse problem in the year.
-- source: LAIT 239; SSDA903 OC2 SUBSTANCE_MISUSE
SELECT
    o.child_id,
    o.year_end AS day,
    o.substance_misuse AS met,
    o.district
FROM care_outcome AS o
WHERE o.year_end IS NOT NULL
