-- code: LA-11
-- version: 1
-- title: Three or more social workers in the year
-- area: Looked-after children
-- measure: children
-- unit: percent
-- better: lower
-- by: district
-- fields: care_episode.start_date, care_episode.end_date, allocation.worker,
--     allocation.start_date, allocation.end_date
-- definition: Of different children looked after at any time in the period, those to whom three
--     or more different social workers were allocated in it while they were looked after.
-- note: Made for periods of a year: a shorter period holds fewer changes.
-- source: DfE outcomes and enablers dashboard, metric 67; SSDA903 SW episodes (from 2024);
--     Standard Safeguarding Dataset ssd_involvements
SELECT
    child_id,
    entered AS opens,
    ceased AS closes,
    FALSE AS met,
    district
FROM care_period
UNION ALL
-- A third social worker. The row touches only periods that hold both the start of the third allocation
-- and a day of the last-but-one of the two others to end.
SELECT
    child_id,
    from_day,
    until_day,
    TRUE,
    district
FROM (
    SELECT
        ranked.*,
        ROW_NUMBER() OVER (
            PARTITION BY ranked.child_id, ranked.period_number, ranked.allocated, ranked.from_day
            ORDER BY ranked.until_day DESC
        ) AS place
    FROM (
        SELECT
            t.child_id,
            t.period_number,
            t.allocated,
            t.from_day,
            t.district,
            o.allocated AS other,
            MAX(o.until_day) AS until_day
        FROM allocation_in_care AS t
        JOIN allocation_in_care AS o
            ON o.child_id = t.child_id
            AND o.period_number = t.period_number
            AND o.allocated <> t.allocated
            AND o.from_day <= t.from_day
        GROUP BY t.child_id, t.period_number, t.allocated, t.from_day, t.district, o.allocated
    ) AS ranked
) AS others
WHERE place = 2
