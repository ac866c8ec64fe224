-- code: 8950Q
-- severity: query
-- title: Sexual abuse under the old factor 19A
-- message: Use factor 19B for sexual abuse of a child by a child, or 19C by an adult, in place of
--     19A.
-- reading: In the set since 2024/25, by the public validator data-to-insight/csc-validator-be-cin,
--     which keeps each year's rules; the Department's own list of that year was not read
--     (unverified).
-- module: Assessments
-- official: Please check and either amend data or provide a reason: the assessment factors code
--     '19A' should not be used ('19B' or '19C' should be used instead)
-- years: 2025-
-- fields: assessment_factor.factor
-- points: assessment_factor.factor
-- source: DfE CIN census validation rules 2025/26, rule 8950Q
SELECT child_id, file, sheet, line, factor AS value
FROM assessment_factor
WHERE factor = '19A'
