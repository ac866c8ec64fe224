-- code: EH-02
-- version: 1
-- title: Early help assessments led by universal services
-- area: Early help
-- measure: share
-- unit: percent
-- better: higher
-- by: district, organisation
-- fields: early_help_episode.end_date, early_help_episode.organisation
-- definition: Of early help assessments completed in the period (EH-01), those by an organisation
--     that the local standard lists as universal.
-- note: An organisation is universal when a word of its name begins with one of the standard's
--     words. One not given is not known.
-- source: Annex A list 2, Organisation completing assessment; local standard universal-early-help
SELECT
    e.child_id,
    e.end_date AS day,
    CASE WHEN e.organisation IS NOT NULL THEN COUNT(t.word) > 0 END AS met,
    e.start_date,
    e.organisation,
    e.district
FROM early_help_episode AS e
LEFT JOIN standard AS t
    ON t.name = 'universal-early-help'
    AND t.valid_from <= e.end_date AND e.end_date < t.valid_until
    AND CONCAT(' ', LOWER(e.organisation)) LIKE CONCAT('% ', t.word, '%')
WHERE e.end_date IS NOT NULL
GROUP BY e.child_id, e.end_date, e.start_date, e.organisation, e.district, e.line
