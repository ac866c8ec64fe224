-- code: LH-01
-- version: 1
-- title: Initial health assessment within 20 working days
-- area: Health of looked-after children
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: care_episode.start_date, care_episode.start_reason or care_episode.entered_care_date,
--     health_check.check_date
-- definition: Of children who entered care in the period and were looked after for 20 working
--     days or more, those whose first health assessment was within 20 working days of entering.
-- note: A child for whom 20 working days have not passed by the last day the records cover is
--     left out. Annex A gives only the latest assessment: where that is later than the limit,
--     whether there was an earlier one is not known. An assessment marked declined, refused,
--     cancelled, not attended or pending was not had.
-- source: Rule IHA-20; Standard Safeguarding Dataset ssd_cla_health
SELECT
    p.child_id,
    p.entered AS day,
    CASE
        WHEN h.first_check <= due.day THEN TRUE
        WHEN h.latest_only THEN NULL
        ELSE FALSE
    END AS met,
    due.day AS due,
    h.first_check,
    p.district,
    p.team,
    p.worker
FROM care_period AS p
CROSS JOIN (SELECT MAX(return_end) AS day FROM care_episode) AS known_to
JOIN calendar AS s ON s.day = p.entered
JOIN working_day AS due ON due.number = s.wd + 20
LEFT JOIN (
    SELECT
        q.child_id,
        q.period_number,
        MIN(k.check_date) AS first_check,
        BOOL_AND(k.source = 'annex_a') AS latest_only
    FROM care_period AS q
    JOIN health_check AS k
        ON k.child_id = q.child_id
        AND k.check_type = 'HEALTH'
        AND k.check_date >= q.entered
        AND (q.ceased IS NULL OR k.check_date <= q.ceased)
    WHERE LOWER(COALESCE(k.status, '')) NOT LIKE '%declin%'
        AND LOWER(COALESCE(k.status, '')) NOT LIKE '%refus%'
        AND LOWER(COALESCE(k.status, '')) NOT LIKE '%cancel%'
        AND LOWER(COALESCE(k.status, '')) NOT LIKE '%not attend%'
        AND LOWER(COALESCE(k.status, '')) NOT LIKE '%pending%'
    GROUP BY q.child_id, q.period_number
) AS h ON h.child_id = p.child_id AND h.period_number = p.period_number
WHERE p.entry_known = 1
    AND (p.ceased IS NULL OR p.ceased >= due.day)
    AND (known_to.day IS NULL OR known_to.day >= due.day)
