-- code: 4003
-- severity: error
-- title: Review of a child protection plan during a child in need plan
-- message: Check the dates: the child protection plan is reviewed on a day on which a child in need
--     plan of the child is open.
-- reading: A plan is open from the day it starts to the day before it ends, and from then on where
--     it has no end. The review that ends the child protection plan may fall on the day a child in
--     need plan begins, so a review on the day its own plan ends is left out, as the rule text has
--     it. The rule text speaks of plans within one episode; plans of one child are compared
--     whatever the episode, for no child has two at a time. Both the review and the child in need
--     plan are named.
-- module: Reviews
-- official: A CPP review date is shown as being held at the same time as an open CIN Plan.
-- fields: cp_review.review_date, cp_review.plan_start, cp_plan.start_date, cp_plan.end_date,
--     cin_plan.start_date, cin_plan.end_date
-- points: cp_review.review_date, cin_plan.start_date
-- source: DfE CIN census validation rules 2025/26, rule 4003
WITH clash AS (
    SELECT
        r.child_id,
        r.review_date,
        r.file AS review_file,
        r.sheet AS review_sheet,
        r.line AS review_line,
        p.start_date,
        p.file AS plan_file,
        p.sheet AS plan_sheet,
        p.line AS plan_line
    FROM cp_review AS r
    JOIN cin_plan AS p
        ON p.child_id = r.child_id
        AND p.start_date <= r.review_date
        AND (p.end_date IS NULL OR r.review_date < p.end_date)
    WHERE NOT EXISTS (
        SELECT *
        FROM cp_plan AS c
        WHERE c.child_id = r.child_id
            AND c.start_date = r.plan_start
            AND c.end_date = r.review_date
    )
)
SELECT
    child_id,
    review_file AS file,
    review_sheet AS sheet,
    review_line AS line,
    CAST(review_date AS VARCHAR) AS value,
    'cp_review.review_date' AS points
FROM clash
UNION
SELECT
    child_id,
    plan_file,
    plan_sheet,
    plan_line,
    CAST(start_date AS VARCHAR),
    'cin_plan.start_date'
FROM clash
