-- code: C02
-- severity: error
-- title: Episodes of care overlap
-- message: The episode of care overlaps in time with another of the child in the same kind of
--     return.
-- reading: One that starts on the day another ends does not overlap it. Every episode that takes
--     part is named. Annex A holds placements and SSDA903 episodes, so they are not held against
--     each other. Annex A gives no end to a placement that another one followed, so there only
--     placements with an end are looked at.
-- fields: care_episode.start_date, care_episode.end_date
-- points: care_episode.start_date
-- source: DfE SSDA903 collection: order of episodes
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM (
    SELECT
        lasting.*,
        MAX(until) OVER (
            PARTITION BY child_id, source ORDER BY start_date, until
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS busy_until,
        LEAD(start_date) OVER (
            PARTITION BY child_id, source ORDER BY start_date, until
        ) AS next_start
    FROM (
        SELECT t.*, COALESCE(t.end_date, DATE '9999-12-31') AS until
        FROM care_episode AS t
        WHERE t.end_date IS NOT NULL OR t.source <> 'annex_a'
    ) AS lasting
) AS ordered
WHERE start_date < busy_until OR next_start < until
