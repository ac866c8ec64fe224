-- code: CP-02
-- version: 1
-- title: Initial conferences for each 100 section 47 enquiries
-- area: Child protection
-- measure: ratio
-- unit: percent
-- better: neutral
-- by: district, team, worker
-- fields: section_47.start_date, conference.conference_date
-- definition: Initial conferences held in the period over section 47 enquiries started in it.
-- note: A ratio of two counts, not a group followed over time.
-- source: DfE children in need table c4
SELECT
    child_id,
    conference_date AS day,
    'numerator' AS counted,
    1 AS amount,
    district,
    team,
    worker
FROM (
    SELECT
        child_id,
        conference_date,
        MAX(district) AS district,
        MAX(team) AS team,
        MAX(worker) AS worker
    FROM conference
    GROUP BY child_id, conference_date
) AS c
UNION ALL
SELECT
    child_id,
    start_date,
    'denominator',
    1,
    district,
    team,
    worker
FROM section_47
