-- code: LA-07
-- version: 1
-- title: Looked-after children with every review in time
-- area: Looked-after children
-- measure: children all
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: care_episode.start_date, care_episode.end_date, care_review.review_date
-- definition: Of different looked-after children with a review due in the period, those whose
--     every review due in it was held by the day it was due: the first within 20 working days of
--     entering care, the second within 3 months of the first, each later one within 6 months of
--     the one before.
-- note: A review is due only while the child is looked after. Where the first review held is more
--     than 9 months after entering care, the earlier ones are taken to be in returns not loaded,
--     and 6 months is the interval after it. Annex A gives only the latest review, so children
--     known from it alone are left out.
-- source: Care Planning Regulations 2010, regulation 33, rule LACR (unverified: check before
--     quoting); SSDA903 Reviews
SELECT
    child_id,
    due AS opens,
    CAST(due + INTERVAL 1 DAY AS DATE) AS closes,
    COALESCE(next_review <= due, FALSE) AS met,
    entered,
    next_review AS held,
    district,
    team,
    worker
FROM (
    SELECT
        s.*,
        CASE
            WHEN s.step = 1 THEN w.day
            WHEN s.step = 2 AND s.held_on <= CAST(s.entered + INTERVAL 9 MONTH AS DATE)
                THEN CAST(s.held_on + INTERVAL 3 MONTH AS DATE)
            ELSE CAST(s.held_on + INTERVAL 6 MONTH AS DATE)
        END AS due
    FROM (
        SELECT
            h.*,
            ROW_NUMBER() OVER (
                PARTITION BY h.child_id, h.period_number ORDER BY h.held_on, h.reviewed NULLS FIRST
            ) AS step,
            LEAD(h.held_on) OVER (
                PARTITION BY h.child_id, h.period_number ORDER BY h.held_on, h.reviewed NULLS FIRST
            ) AS next_review
        FROM (
            SELECT
                child_id, period_number, entered, ceased, district, team, worker,
                entered AS held_on, CAST(NULL AS DATE) AS reviewed
            FROM care_period
            WHERE whole_history = 1
            UNION
            SELECT
                p.child_id, p.period_number, p.entered, p.ceased, p.district, p.team, p.worker,
                r.review_date, r.review_date
            FROM care_period AS p
            JOIN care_review AS r
                ON r.child_id = p.child_id
                AND r.review_date >= p.entered
                AND (p.ceased IS NULL OR r.review_date < p.ceased)
            WHERE p.whole_history = 1
        ) AS h
    ) AS s
    LEFT JOIN calendar AS c ON c.day = s.entered
    LEFT JOIN working_day AS w ON w.number = c.wd + 20
) AS d
WHERE ceased IS NULL OR due < ceased
