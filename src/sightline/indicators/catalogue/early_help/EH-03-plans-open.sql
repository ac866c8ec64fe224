-- code: EH-03
-- version: 1
-- title: Early help plans open
-- area: Early help
-- measure: stock
-- unit: plans
-- better: neutral
-- by: district, organisation, worker
-- fields: early_help_episode.start_date, early_help_episode.end_reason
-- definition: Episodes of early help begun on or before the day, with no end or an end after it.
-- note: Annex A lists assessments and not plans, so its rows are not counted.
-- source: Standard Safeguarding Dataset ssd_early_help_episodes
SELECT
    child_id,
    start_date AS opens,
    end_date AS closes,
    organisation,
    worker,
    district
FROM early_help_episode
WHERE source IS NULL
    OR source <> 'annex_a'
    -- Only an episode has these; one that a later Annex A also lists is still an episode.
    OR reason IS NOT NULL
    OR end_reason IS NOT NULL
    OR worker IS NOT NULL
