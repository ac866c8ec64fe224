-- code: LH-05
-- part: returned
-- version: 1
-- title: Strengths and Difficulties Questionnaire returned
-- area: Health of looked-after children
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: care_outcome.sdq_score, child.birth_date
-- definition: Of children looked after for 12 months or more at 31 March aged 4 to 16, those with
--     a score.
-- note: A child whose birth date is not known stays in. A row of a child whom the episodes of
--     care show to have been looked after for less is left out.
-- source: LAIT 162; SSDA903 OC2 SDQ_SCORE
SELECT
    child_id,
    day,
    CASE WHEN sdq_score BETWEEN 0 AND 40 THEN TRUE ELSE FALSE END AS met,
    sdq_reason,
    district,
    team,
    worker
FROM outcome_cohort
WHERE birth_date IS NULL
    OR (
        CAST(birth_date + INTERVAL 4 YEAR AS DATE) <= day
        AND CAST(birth_date + INTERVAL 17 YEAR AS DATE) > day
    )
