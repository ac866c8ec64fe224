-- code: LH-07
-- version: 1
-- title: Convicted or cautioned
-- area: Health of looked-after children
-- measure: share
-- unit: percent
-- better: lower
-- by: district, team, worker
-- fields: care_outcome.convicted, child.birth_date
-- definition: Of children looked after for 12 months or more at 31 March aged 10 or over, those
--     convicted or cautioned in the year.
-- note: A child whose birth date is not known stays in. A row of a child whom the episodes of
--     care show to have been looked after for less is left out.
-- source: LAIT 202; SSDA903 OC2 CONVICTED
SELECT
    child_id,
    day,
    convicted AS met,
    district,
    team,
    worker
FROM outcome_cohort
WHERE birth_date IS NULL OR CAST(birth_date + INTERVAL 10 YEAR AS DATE) <= day
