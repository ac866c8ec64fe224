-- code: CP-16
-- version: 1
-- title: Children on a plan seen alone at the last visit
-- area: Child protection
-- measure: stock share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: cp_plan.start_date, cp_plan.end_date, visit.visit_date, visit.seen_alone
-- definition: Of plans open on the day with a visit, those where the child was seen alone at the
--     last visit.
-- note: An answer that is not known stays in the denominator and is not counted as seen alone.
-- source: Annex A list 7, Was the Child Seen Alone?; Standard Safeguarding Dataset
--     cppv_cp_visit_seen_alone
SELECT
    s.child_id,
    s.from_day AS opens,
    COALESCE(s.next_day, s.end_date) AS closes,
    CASE WHEN s.alone = 1 THEN s.from_day END AS met_from,
    CAST(NULL AS DATE) AS met_until,
    s.alone IS NOT NULL AS known,
    s.start_date,
    s.last_visit,
    s.district,
    s.team,
    s.worker
FROM (
    SELECT
        u.*,
        LEAD(u.from_day) OVER (
            PARTITION BY u.child_id, u.start_date, u.line ORDER BY u.from_day, u.visited
        ) AS next_day
    FROM (
        SELECT
            child_id, start_date, line, end_date, district, team, worker,
            start_date AS from_day, CAST(NULL AS DATE) AS last_visit, 0 AS visited,
            CAST(NULL AS INTEGER) AS alone
        FROM cp_plan
        WHERE other_authority IS NOT TRUE
        UNION ALL
        SELECT
            p.child_id, p.start_date, p.line, p.end_date, p.district, p.team, p.worker,
            v.visit_date, v.visit_date, 1,
            MAX(CASE WHEN v.seen_alone THEN 1 WHEN NOT v.seen_alone THEN 0 END)
        FROM cp_plan AS p
        JOIN visit AS v
            ON v.child_id = p.child_id
            AND v.pathway = 'CP'
            AND v.visit_date >= p.start_date
            AND (p.end_date IS NULL OR v.visit_date < p.end_date)
        WHERE p.other_authority IS NOT TRUE
        GROUP BY
            p.child_id, p.start_date, p.line, p.end_date, p.district, p.team, p.worker,
            v.visit_date
    ) AS u
) AS s
WHERE s.last_visit IS NOT NULL
