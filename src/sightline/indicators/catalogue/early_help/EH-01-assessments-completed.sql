-- code: EH-01
-- version: 1
-- title: Early help assessments completed
-- area: Early help
-- measure: count
-- unit: assessments
-- better: neutral
-- per: population
-- by: district, organisation
-- fields: early_help_episode.end_date
-- definition: Early help assessments with a completion date in the period.
-- note: The Standard Safeguarding Dataset keeps episodes of early help and not assessments:
--     there, the episodes that ended.
-- source: Annex A list 2
SELECT
    child_id,
    end_date AS day,
    start_date,
    organisation,
    district
FROM early_help_episode
WHERE end_date IS NOT NULL
