-- code: AD-01
-- version: 1
-- title: Days from entering care to living with the adoptive family
-- area: Adoption
-- measure: mean
-- unit: days
-- better: lower
-- by: district
-- fields: adoption.placed_date or care_episode.placement, adoption.entered_care_date or
--     care_episode.start_date, adoption.order_date or care_episode.end_reason
-- definition: Mean number of days from entering care to moving in with the adoptive family, of
--     children adopted in the period.
-- note: Children adopted whose dates are not all known, or are in the wrong order, are shown as
--     not known.
-- source: Annex A list 10; adoption scorecard A1 (limit in rule ADOPT: 426 days, unverified)
SELECT
    child_id,
    adopted AS day,
    CASE WHEN placed >= entered THEN DATE_DIFF('day', entered, placed) END AS value,
    entered,
    placed,
    district
FROM adopted_child
