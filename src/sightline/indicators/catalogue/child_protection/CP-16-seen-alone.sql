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
    v.child_id,
    v.visit_date AS opens,
    COALESCE(
        LEAD(v.visit_date) OVER (
            PARTITION BY v.child_id, v.start_date, v.line ORDER BY v.visit_date
        ),
        v.end_date
    ) AS closes,
    CASE WHEN v.alone THEN v.visit_date END AS met_from,
    CAST(NULL AS DATE) AS met_until,
    v.alone IS NOT NULL AS known,
    v.start_date,
    v.visit_date AS last_visit,
    v.district,
    v.team,
    v.worker
FROM (
    SELECT
        p.child_id,
        p.start_date,
        p.line,
        p.end_date,
        p.district,
        p.team,
        p.worker,
        v.visit_date,
        BOOL_OR(v.seen_alone) AS alone
    FROM cp_plan AS p
    JOIN visit AS v
        ON v.child_id = p.child_id
        AND v.pathway = 'CP'
        AND v.visit_date >= p.start_date
        AND (p.end_date IS NULL OR v.visit_date < p.end_date)
    WHERE p.other_authority IS NOT TRUE
    GROUP BY
        p.child_id, p.start_date, p.line, p.end_date, p.district, p.team, p.worker, v.visit_date
) AS v
