-- code: CP-11
-- version: 1
-- title: Second or subsequent plans
-- area: Child protection
-- measure: share
-- unit: percent
-- better: lower
-- by: district, team, worker
-- fields: cp_plan.start_date, cp_plan.previous_plans
-- definition: Of plan starts in the period, those with one or more previous plans.
-- note: An earlier plan in the records that had ended counts, even where the source states that
--     there was none. Where the source does not state the number, any earlier plan in the records
--     counts; without one the answer is not known.
-- source: LAIT 15; DfE children in need table d3
SELECT
    child_id,
    start_date AS day,
    CASE
        WHEN first_end <= start_date THEN TRUE
        WHEN previous_plans IS NOT NULL THEN previous_plans >= 1
        WHEN first_start < start_date THEN TRUE
    END AS met,
    previous_plans,
    first_start,
    district,
    team,
    worker
FROM (
    SELECT
        p.*,
        MIN(p.start_date) OVER (PARTITION BY p.child_id) AS first_start,
        MIN(CASE WHEN p.end_date > p.start_date THEN p.end_date END) OVER (
            PARTITION BY p.child_id
        ) AS first_end
    FROM cp_plan AS p
    WHERE p.other_authority IS NOT TRUE
) AS plans
