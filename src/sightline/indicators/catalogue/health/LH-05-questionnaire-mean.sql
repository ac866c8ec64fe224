-- code: LH-05
-- part: mean
-- version: 1
-- title: Mean Strengths and Difficulties score
-- area: Health of looked-after children
-- measure: mean
-- unit: score
-- better: lower
-- by: district, team, worker
-- fields: care_outcome.sdq_score, child.birth_date
-- definition: Mean score of children looked after for 12 months or more at 31 March aged 4 to 16
--     with a score. 0 to 13 is normal, 14 to 16 borderline, 17 to 40 a concern.
-- note: A row of a child whom the episodes of care show to have been looked after for less is
--     left out.
-- source: LAIT 162; SSDA903 OC2 SDQ_SCORE
SELECT
    child_id,
    day,
    sdq_score AS value,
    district,
    team,
    worker
FROM outcome_cohort
WHERE sdq_score BETWEEN 0 AND 40
    AND (
        birth_date IS NULL
        OR (
            CAST(birth_date + INTERVAL 4 YEAR AS DATE) <= day
            AND CAST(birth_date + INTERVAL 17 YEAR AS DATE) > day
        )
    )
