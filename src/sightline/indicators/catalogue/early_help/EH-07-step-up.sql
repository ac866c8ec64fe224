-- code: EH-07
-- part: step up
-- version: 1
-- title: Stepped up from early help to social care
-- area: Early help
-- measure: count
-- unit: episodes
-- better: neutral
-- by: district, organisation, worker
-- fields: early_help_episode.end_date, early_help_episode.end_reason
-- definition: Episodes of early help that ended in the period by stepping up to social care.
-- note: The words of an end reason that mean a step up are a local standard.
-- source: Standard Safeguarding Dataset earl_episode_end_reason; local standard
--     early-help-step-up
SELECT DISTINCT
    e.child_id,
    e.end_date AS day,
    e.start_date,
    e.end_reason,
    e.organisation,
    e.district,
    e.worker
FROM early_help_episode AS e
JOIN standard AS t
    ON t.name = 'early-help-step-up'
    AND t.valid_from <= e.end_date AND e.end_date < t.valid_until
    AND CONCAT(' ', LOWER(e.end_reason)) LIKE CONCAT('% ', t.word, '%')
