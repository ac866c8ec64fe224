-- code: LH-05
-- part: mean
-- version: 1
-- title: Mean Strengths and Difficulties score
-- area: Health of looked-after children
-- measure: mean
-- unit: score
-- better: lower
-- by: district
-- fields: care_outcome.sdq_score, child.birth_date
-- definition: Mean score of children looked after for 12 months or more at 31 March aged 4 to 16
--     with a score. 0 to 13 is normal, 14 to 16 borderline, 17 to 40 a concern.
-- source: LAIT 162; SSDA903 OC2 SDQ_SCORE
SELECT
    o.child_id,
    o.year_end AS day,
    o.sdq_score AS value,
    o.district
FROM care_outcome AS o
LEFT JOIN child AS c ON c.child_id = o.child_id
WHERE o.year_end IS NOT NULL
    AND o.sdq_score IS NOT NULL
    AND (
        c.birth_date IS NULL
        OR (
            CAST(c.birth_date + INTERVAL 4 YEAR AS DATE) <= o.year_end
            AND CAST(c.birth_date + INTERVAL 17 YEAR AS DATE) > o.year_end
        )
    )
