-- code: CP-07
-- version: 1
-- title: Conferences that result in a plan
-- area: Child protection
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: conference.conference_date, conference.resulted_in_plan
-- definition: Of initial conferences held in the period, those that resulted in a child
--     protection plan.
-- source: Annex A list 5; Standard Safeguarding Dataset icpc_icpc_outcome_cp_flag
SELECT
    child_id,
    conference_date AS day,
    resulted_in_plan AS met,
    section_47_start,
    district,
    team,
    worker
FROM conference
