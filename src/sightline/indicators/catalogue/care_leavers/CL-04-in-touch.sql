-- code: CL-04
-- version: 1
-- title: Care leavers the authority is in touch with
-- area: Care leavers
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: care_leaver.in_touch
-- definition: Of former relevant young people whose 19th, 20th or 21st birthday falls in the
--     year, those the authority is in touch with. Those who died, returned home for 6 months or
--     more, or were looked after only in a series of short breaks are left out.
-- note: Refusing contact and no longer requiring services are not being in touch.
-- source: LAIT 317, which publishes the opposite; SSDA903 OC3 IN_TOUCH
SELECT
    child_id,
    day,
    CASE WHEN in_touch = 'YES' THEN TRUE WHEN in_touch IN ('NO', 'REFU', 'NREQ') THEN FALSE END AS met,
    in_touch,
    district,
    team,
    worker
FROM care_leaver_cohort
