-- code: CL-02
-- version: 1
-- title: Care leavers in education, employment or training
-- area: Care leavers
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: care_leaver.activity
-- definition: Of former relevant young people whose 19th, 20th or 21st birthday falls in the
--     year, those in education, employment or training. Those who died, returned home for 6
--     months or more, or were looked after only in a series of short breaks are left out.
-- note: Those the authority is not in touch with stay in.
-- source: LAIT 113; SSDA903 OC3 ACTIV
SELECT
    child_id,
    day,
    CASE
        WHEN activity IN ('F1', 'P1', 'F2', 'P2', 'F3', 'P3', 'F4', 'P4', 'F5', 'P5') THEN TRUE
        WHEN activity IN ('G4', 'G5', 'G6') THEN FALSE
    END AS met,
    activity,
    in_touch,
    district,
    team,
    worker
FROM care_leaver_cohort
