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
    planned AS met,
    section_47_start,
    district,
    team,
    worker
FROM (
    -- One conference may stand under several enquiries.
    SELECT
        child_id,
        conference_date,
        BOOL_OR(resulted_in_plan) AS planned,
        MIN(section_47_start) AS section_47_start,
        MAX(district) AS district,
        MAX(team) AS team,
        MAX(worker) AS worker
    FROM conference
    GROUP BY child_id, conference_date
) AS c
