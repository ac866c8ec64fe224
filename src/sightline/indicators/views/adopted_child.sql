-- Children adopted, with the dates on the way. The adoption order's date, or the end of care because of
-- adoption (E11, E12). Where the adoption record has no date of entry, placing or placement order, the
-- episodes of care give them: the period's start, the first placement for adoption (A3 to A6), and the
-- first episode under a placement order (E1).
SELECT
    k.child_id,
    COALESCE(a.order_date, p.ceased) AS adopted,
    COALESCE(a.entered_care_date, p.entered) AS entered,
    COALESCE(a.placed_date, p.placed) AS placed,
    COALESCE(a.placement_order_date, p.placement_order) AS placement_order,
    a.matched_date AS matched,
    COALESCE(a.district, p.district) AS district
FROM (
    SELECT child_id FROM adoption
    UNION
    SELECT child_id FROM care_period WHERE end_reason IN ('E11', 'E12')
) AS k
LEFT JOIN adoption AS a ON a.child_id = k.child_id
LEFT JOIN (
    SELECT
        c.child_id,
        MAX(c.ceased) AS ceased,
        MAX(CASE WHEN c.entry_known = 1 THEN c.entered END) AS entered,
        MIN(CASE WHEN e.placement IN ('A3', 'A4', 'A5', 'A6') THEN e.start_date END) AS placed,
        MIN(CASE WHEN e.legal_status = 'E1' THEN e.start_date END) AS placement_order,
        MAX(c.district) AS district
    FROM care_period AS c
    JOIN looked_after_episode AS e
        ON e.child_id = c.child_id AND e.period_number = c.period_number
    WHERE c.end_reason IN ('E11', 'E12')
    GROUP BY c.child_id
) AS p ON p.child_id = k.child_id
WHERE COALESCE(a.order_date, p.ceased) IS NOT NULL
    -- A permanence record without a step of adoption is of another order.
    AND COALESCE(a.decision_date, a.placement_order_date, a.matched_date, a.placed_date, p.ceased)
        IS NOT NULL
