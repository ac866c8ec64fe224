-- Periods of care, from entering care to leaving it. `ceased` is empty while the child is looked after.
-- The district, team and worker are those of the latest episode. `whole_history` is 0 where only Annex
-- A tells of the period: it holds the latest placement, review and visit, not those before.
SELECT
    child_id,
    period_number,
    entered,
    entry_known,
    CASE WHEN COUNT(ends) = COUNT(*) THEN MAX(ends) END AS ceased,
    MAX(CASE WHEN from_last = 1 THEN end_reason END) AS end_reason,
    MAX(CASE WHEN source = 'annex_a' THEN 0 ELSE 1 END) AS whole_history,
    MAX(CASE WHEN from_last = 1 THEN district END) AS district,
    MAX(CASE WHEN from_last = 1 THEN team END) AS team,
    MAX(CASE WHEN from_last = 1 THEN worker END) AS worker
FROM looked_after_episode
GROUP BY child_id, period_number, entered, entry_known
