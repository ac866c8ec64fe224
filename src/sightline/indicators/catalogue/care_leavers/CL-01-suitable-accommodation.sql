-- code: CL-01
-- version: 1
-- title: Care leavers in suitable accommodation
-- area: Care leavers
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: care_leaver.suitable, care_leaver.accommodation
-- definition: Of former relevant young people whose 19th, 20th or 21st birthday falls in the
--     year, those in suitable accommodation. Those who died, returned home for 6 months or more,
--     or were looked after only in a series of short breaks are left out, and so are those gone
--     abroad, deported or whose residence is not known.
-- source: LAIT 112; SSDA903 OC3 ACCOM
SELECT
    child_id,
    day,
    suitable AS met,
    accommodation,
    district,
    team,
    worker
FROM care_leaver_cohort
WHERE COALESCE(accommodation, '') NOT IN ('G', 'H', 'R')
