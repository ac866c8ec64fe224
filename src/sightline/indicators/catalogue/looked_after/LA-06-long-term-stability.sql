-- code: LA-06
-- version: 1
-- title: In the same placement for two years or more
-- area: Looked-after children
-- measure: stock share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: care_episode.start_date, care_episode.end_date, care_episode.start_reason or
--     care_episode.entered_care_date, care_episode.placement, child.birth_date
-- looks_back: 30 months or care_episode.entered_care_date
-- definition: Of children under 16 on the day who had been looked after for 2.5 years or more
--     without a break, those in the same placement for 2 years or more, or placed for adoption
--     and there and in the placement before it for 2 years or more together.
-- note: Where the adopters are the foster carers the child lives with, the stay with them is one
--     placement. A child whose birth date is not known stays in. SSDA903 does not state when care began:
--     of children known from less than 2.5 years of returns, those who moved would be left out, so that
--     there is no figure. Annex A states it, and holds only the latest placement: there, the time in the
--     placement before one with adopters is not counted.
-- source: LAIT 393; SSDA903 Episodes and Header
SELECT
    s.child_id,
    CASE WHEN s.long_since > s.placed THEN s.long_since ELSE s.placed END AS opens,
    CASE
        WHEN c.birth_date IS NULL THEN s.moved
        WHEN s.moved <= CAST(c.birth_date + INTERVAL 16 YEAR AS DATE) THEN s.moved
        ELSE CAST(c.birth_date + INTERVAL 16 YEAR AS DATE)
    END AS closes,
    CAST(
        CASE
            WHEN s.placement IN ('A4', 'A6') THEN COALESCE(s.previous_placed, s.placed)
            ELSE s.placed
        END + INTERVAL 24 MONTH AS DATE
    ) AS met_from,
    CAST(NULL AS DATE) AS met_until,
    TRUE AS known,
    s.entered,
    s.placed,
    s.placement,
    s.district,
    s.team,
    s.worker
FROM (
    SELECT
        p.*,
        CAST(p.entered + INTERVAL 30 MONTH AS DATE) AS long_since,
        LAG(p.placed) OVER (
            PARTITION BY p.child_id, p.period_number ORDER BY p.stay_number
        ) AS previous_placed
    FROM placement_stay AS p
) AS s
LEFT JOIN child AS c ON c.child_id = s.child_id
