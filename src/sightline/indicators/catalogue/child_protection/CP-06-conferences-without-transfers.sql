-- code: CP-06
-- part: without transfers in
-- version: 1
-- title: Initial conferences of children who did not transfer in
-- area: Child protection
-- measure: count
-- unit: conferences
-- better: neutral
-- per: population
-- by: district, team, worker
-- fields: conference.conference_date, conference.section_47_start
-- definition: Initial conferences held in the period, one for each child, transfers in left out.
-- note: Where the source does not say whether a child transferred in, a conference that stands
--     under no section 47 enquiry is taken for a transfer. The published figure has both: CP-06.
-- source: CIN census DateOfInitialCPC; Standard Safeguarding Dataset icpc_icpc_transfer_in
SELECT
    child_id,
    conference_date AS day,
    MAX(district) AS district,
    MAX(team) AS team,
    MAX(worker) AS worker
FROM conference
GROUP BY child_id, conference_date
HAVING BOOL_OR(transfer_in) IS NOT TRUE
    AND (
        COUNT(section_47_start) > 0 OR BOOL_OR(under_enquiry) OR BOOL_OR(transfer_in) IS FALSE
    )
