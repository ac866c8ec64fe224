-- code: LH-05
-- part: returned
-- version: 1
-- title: Strengths and Difficulties Questionnaire returned
-- area: Health of looked-after children
-- measure: share
-- unit: percent
-- better: higher
-- by: district
-- fields: care_outcome.sdq_score, child.birth_date
-- definition: Of children looked after for 12 months or more at 31 March aged 4 to 16, those with
--     a score.
-- note: A child whose birth date is not known stays in.
-- source: LAIT 162; SSDA903 OC2 SDQ_SCORE
SELECT
    o.child_id,
    o.year_end AS day,
    o.sdq_score IS NOT NULL AS met,
    o.sdq_reason,
    o.district
FROM care_outcome AS o
LEFT JOIN child AS c ON c.child_id = o.child_id
WHERE o.year_end IS NOT NULL
    AND (
        c.birth_date IS NULL
        OR (
            CAST(c.birth_date + INTERVAL 4 YEAR AS DATE) <= o.year_end
            AND CAST(c.birth_date + INTERVAL 17 YEAR AS DATE) > o.year_end
        )
    )
