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
-- A third social worker. The row touches only periods that hold a day of the third allocation and of
-- both others: it opens when the last of the three begins and closes when the first of them ends.
SELECT
    child_id,
    from_day,
    CASE WHEN own_until < until_day THEN own_until ELSE until_day END,
    TRUE,
    district
FROM (
    SELECT
        ranked.*,
        ROW_NUMBER() OVER (
            PARTITION BY ranked.child_id, ranked.allocated, ranked.from_day
            ORDER BY ranked.until_day DESC
        ) AS place
    FROM (
        SELECT
            t.child_id,
            t.allocated,
            t.from_day,
            MAX(t.until_day) AS own_until,
            MAX(t.district) AS district,
            o.allocated AS other,
            MAX(o.until_day) AS until_day
        FROM allocation_in_care AS t
        JOIN allocation_in_care AS o
            ON o.child_id = t.child_id
            AND o.allocated <> t.allocated
            AND o.from_day <= t.from_day
        GROUP BY t.child_id, t.allocated, t.from_day, o.allocated
    ) AS ranked
) AS others
WHERE place = 2
