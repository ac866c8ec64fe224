-- code: HA-02
-- version: 1
-- title: Records with a valid NHS number
-- area: Hospital alert
-- measure: stock share
-- unit: percent
-- better: higher
-- by: district, team, worker, pathway
-- fields: child.nhs_number, cp_plan.start_date, cp_plan.end_date, care_episode.start_date,
--     care_episode.end_date
-- definition: Of child protection plans open on the day (CP-09) and children looked after that day
--     (LA-01), those of a child with a valid NHS number.
-- note: A number is valid when it has ten digits and the last fits the others (modulus 11).
--     Whether it was traced with the NHS, which verifies it, no source says. A child on a plan who
--     is also looked after has two records.
-- source: Standard Safeguarding Dataset pers_common_child_id
SELECT
    r.child_id,
    r.opens,
    r.closes,
    CASE WHEN n.valid THEN r.opens END AS met_from,
    CAST(NULL AS DATE) AS met_until,
    TRUE AS known,
    r.pathway,
    r.district,
    r.team,
    r.worker
FROM (
    SELECT
        child_id, start_date AS opens, end_date AS closes, 'Child protection' AS pathway,
        district, team, worker
    FROM cp_plan
    WHERE other_authority IS NOT TRUE
    UNION ALL
    SELECT child_id, entered, ceased, 'Looked after', district, team, worker
    FROM care_period
) AS r
LEFT JOIN (
    SELECT
        child_id,
        LENGTH(number) = 10
        AND LENGTH(TRANSLATE(number, '0123456789', '')) = 0
        AND (
            (STRPOS('0123456789', SUBSTRING(number, 1, 1)) - 1) * 10
            + (STRPOS('0123456789', SUBSTRING(number, 2, 1)) - 1) * 9
            + (STRPOS('0123456789', SUBSTRING(number, 3, 1)) - 1) * 8
            + (STRPOS('0123456789', SUBSTRING(number, 4, 1)) - 1) * 7
            + (STRPOS('0123456789', SUBSTRING(number, 5, 1)) - 1) * 6
            + (STRPOS('0123456789', SUBSTRING(number, 6, 1)) - 1) * 5
            + (STRPOS('0123456789', SUBSTRING(number, 7, 1)) - 1) * 4
            + (STRPOS('0123456789', SUBSTRING(number, 8, 1)) - 1) * 3
            + (STRPOS('0123456789', SUBSTRING(number, 9, 1)) - 1) * 2
            + (STRPOS('0123456789', SUBSTRING(number, 10, 1)) - 1) * 1
        ) % 11 = 0 AS valid
    FROM (
        SELECT child_id, REPLACE(REPLACE(nhs_number, ' ', ''), '-', '') AS number FROM child
    ) AS c
) AS n ON n.child_id = r.child_id
