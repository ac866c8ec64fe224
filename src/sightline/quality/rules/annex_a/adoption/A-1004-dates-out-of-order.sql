-- code: A-1004
-- severity: error
-- title: Dates of an adoption out of order
-- message: The step is dated before the one it follows on.
-- reading: The first step of the row that is too early is named. The decision and the placement
--     order follow on entering care, the match and a reversal on the decision, being placed on the
--     match, and the adoption order on being placed. A match may come before the placement order.
-- module: List 10
-- fields: adoption.entered_care_date, adoption.decision_date, adoption.placement_order_date,
--     adoption.matched_date, adoption.placed_date, adoption.order_date, adoption.reversed_date
-- points: adoption.decision_date, adoption.placement_order_date, adoption.matched_date,
--     adoption.placed_date, adoption.order_date, adoption.reversed_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT
    child_id,
    file,
    sheet,
    line,
    points,
    CAST(CASE points
        WHEN 'adoption.decision_date' THEN decision_date
        WHEN 'adoption.placement_order_date' THEN placement_order_date
        WHEN 'adoption.matched_date' THEN matched_date
        WHEN 'adoption.placed_date' THEN placed_date
        WHEN 'adoption.order_date' THEN order_date
        ELSE reversed_date
    END AS VARCHAR) AS value
FROM (
    SELECT
        t.*,
        CASE
            WHEN decision_date < entered_care_date THEN 'adoption.decision_date'
            WHEN placement_order_date < entered_care_date THEN 'adoption.placement_order_date'
            WHEN matched_date < decision_date THEN 'adoption.matched_date'
            WHEN placed_date < matched_date THEN 'adoption.placed_date'
            WHEN order_date < placed_date THEN 'adoption.order_date'
            WHEN reversed_date < decision_date THEN 'adoption.reversed_date'
        END AS points
    FROM adoption AS t
) AS looked_at
WHERE points IS NOT NULL
