-- code: AD-02
-- version: 1
-- title: Days from placement order to match
-- area: Adoption
-- measure: mean
-- unit: days
-- better: lower
-- by: district
-- fields: adoption.matched_date, adoption.placement_order_date or care_episode.legal_status,
--     adoption.order_date or care_episode.end_reason
-- definition: Mean number of days from the placement order to the match with a family, of
--     children adopted in the period.
-- note: Children adopted whose dates are not all known are shown as not known.
-- source: Annex A list 10; adoption scorecard A2 (limit in rule ADOPT: 121 days)
SELECT
    child_id,
    adopted AS day,
    DATE_DIFF('day', placement_order, matched) AS value,
    placement_order,
    matched,
    district
FROM adopted_child
