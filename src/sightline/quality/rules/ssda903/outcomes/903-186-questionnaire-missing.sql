-- code: 903-186
-- severity: error
-- title: Strengths and Difficulties score is missing
-- message: The child was 4 to 16 in the year, so give the score of the questionnaire, or the reason
--     why there is none.
-- reading: Asked of those 4 or over on the first day of the year and under 17 on the last. A reason
--     for there being no score is enough. That the child was looked after for 12 months is what
--     rule 190 looks at.
-- module: OC2
-- official: Children aged 4 or over at the start of the year and children aged under 17 at the end
--     of the year and who have been looked after for at least 12 months continuously should have a
--     Strengths and Difficulties (SDQ) score completed.
-- fields: care_outcome.sdq_score, care_outcome.sdq_reason, child.birth_date
-- points: care_outcome.sdq_score
-- source: DfE SSDA903 validation rules 2026/27, rule 186
SELECT t.child_id, t.file, t.sheet, t.line, CAST(t.sdq_score AS VARCHAR) AS value
FROM care_outcome AS t
JOIN child AS c ON c.file = t.file AND c.sheet = t.sheet AND c.line = t.line
CROSS JOIN return_period AS r
WHERE t.sdq_score IS NULL
    AND t.sdq_reason IS NULL
    AND CAST(c.birth_date + INTERVAL 4 YEAR AS DATE) <= r.period_start
    AND CAST(c.birth_date + INTERVAL 17 YEAR AS DATE) > r.period_end
