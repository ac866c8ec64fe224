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
-- note: A review is due only while the child is looked after. Each SSDA903 return has the reviews of
--     its own year: of care begun before the first one held, or in the middle of the records, the
--     earlier reviews are taken to have been in time, and 6 months is every interval. So it is where
--     the first review held is more than 9 months after entering care. Annex A gives only the latest
--     review, so children known from it alone are left out.
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
            -- Of a review not held in the six months after the last year not held, it is sure that it is late.
            WHEN s.step = 1 AND s.entered <= k.day
                THEN CASE
                    WHEN s.next_review <= CAST(k.day + INTERVAL 6 MONTH AS DATE) THEN NULL
                    ELSE CAST(k.day + INTERVAL 6 MONTH AS DATE)
                END
            WHEN s.step = 1 AND s.entry_known = 1 THEN w.day
            WHEN s.step = 2 AND s.entry_known = 1 AND s.entered > k.day
                AND s.held_on <= CAST(s.entered + INTERVAL 9 MONTH AS DATE)
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
                child_id, period_number, entered, entry_known, ceased, district, team, worker,
                entered AS held_on, CAST(NULL AS DATE) AS reviewed
            FROM care_period
            WHERE whole_history = 1
            UNION
            SELECT
                p.child_id, p.period_number, p.entered, p.entry_known, p.ceased, p.district, p.team,
                p.worker, r.review_date, r.review_date
            FROM care_period AS p
            JOIN care_review AS r
                ON r.child_id = p.child_id
                AND r.review_date >= p.entered
                AND (p.ceased IS NULL OR r.review_date < p.ceased)
            WHERE p.whole_history = 1
        ) AS h
    ) AS s
    CROSS JOIN (
        -- The last day before the first SSDA903 return held; where there is none, or the Standard
        -- Safeguarding Dataset has the reviews of all years, a day before any.
        SELECT
            COALESCE(
                CASE
                    WHEN NOT BOOL_OR(source = 'ssd') THEN CAST(
                        MIN(CASE WHEN source = 'ssda903' THEN return_end END) - INTERVAL 12 MONTH AS DATE
                    )
                END,
                DATE '0001-01-01'
            ) AS day
        FROM care_review
    ) AS k
    LEFT JOIN calendar AS c ON c.day = s.entered
    LEFT JOIN working_day AS w ON w.number = c.wd + 20
) AS d
WHERE ceased IS NULL OR due < ceased
