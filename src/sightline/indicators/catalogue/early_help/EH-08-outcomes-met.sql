-- code: EH-08
-- version: 1
-- title: Early help that met its outcomes
-- area: Early help
-- measure: share
-- unit: percent
-- better: higher
-- by: district, organisation, worker
-- fields: early_help_episode.end_date, early_help_episode.end_reason
-- definition: Of early help episodes closed in the period, those whose end reason says that the
--     planned outcomes were met.
-- note: Which words of an end reason say so is a local standard. An episode without an end reason
--     is not known. Annex A lists assessments and not episodes, so its rows are not counted.
-- source: Standard Safeguarding Dataset earl_episode_end_reason; local standard
--     early-help-outcomes-met
SELECT
    e.child_id,
    e.end_date AS day,
    CASE WHEN e.end_reason IS NOT NULL THEN COUNT(t.word) > 0 END AS met,
    e.start_date,
    e.end_reason,
    e.organisation,
    e.district,
    e.worker
FROM early_help_episode AS e
LEFT JOIN standard AS t
    ON t.name = 'early-help-outcomes-met'
    AND t.valid_from <= e.end_date AND e.end_date < t.valid_until
    AND CONCAT(' ', LOWER(e.end_reason)) LIKE CONCAT('% ', t.word, '%')
WHERE e.end_date IS NOT NULL
    AND (e.source IS NULL OR e.source <> 'annex_a' OR e.end_reason IS NOT NULL)
GROUP BY
    e.child_id, e.end_date, e.start_date, e.end_reason, e.organisation, e.district, e.worker, e.line
