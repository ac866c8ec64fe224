-- code: LA-05
-- version: 1
-- title: Three or more placements in the year
-- area: Looked-after children
-- measure: stock share
-- unit: percent
-- better: lower
-- by: district, team, worker
-- fields: care_episode.start_date, care_episode.end_date, care_episode.start_reason or
--     care_episode.stated_placements, care_episode.placement
-- looks_back: 364 days or care_episode.stated_placements
-- definition: Of children looked after on the day (LA-01), those with three or more placements in
--     the 12 months to it. A placement open on the first of those days counts. Adoption by the
--     foster carers the child lives with is not a move.
-- note: Placements of less than a day are left out. Annex A holds only the latest placement, so
--     there the number it states is used.
-- source: LAIT 372; SSDA903 Episodes
SELECT
    child_id,
    placed AS opens,
    moved AS closes,
    CASE
        WHEN whole_history = 0 THEN CASE WHEN stated_placements >= 3 THEN placed END
        WHEN third_last_moved IS NOT NULL THEN placed
    END AS met_from,
    -- The first day whose day 12 months before, clamped to its month, is on or after the last full
    -- day of the placement two before this one: from then on that placement is out of the year.
    CASE
        WHEN whole_history = 0 THEN NULL
        WHEN EXTRACT(DAY FROM third_last_day + INTERVAL 12 MONTH)
            < EXTRACT(DAY FROM third_last_day)
            THEN CAST(third_last_day + INTERVAL 12 MONTH + INTERVAL 1 DAY AS DATE)
        ELSE CAST(third_last_day + INTERVAL 12 MONTH AS DATE)
    END AS met_until,
    whole_history = 1 OR stated_placements IS NOT NULL AS known,
    placement,
    district,
    team,
    worker
FROM (
    SELECT
        s.*,
        CAST(s.third_last_moved - INTERVAL 1 DAY AS DATE) AS third_last_day
    FROM (
        SELECT
            p.*,
            LAG(p.moved, 2) OVER (
                PARTITION BY p.child_id ORDER BY p.placed, p.period_number, p.stay_number
            ) AS third_last_moved
        FROM placement_stay AS p
        WHERE p.moved IS NULL OR p.moved > p.placed
    ) AS s
) AS stays
