-- code: 8945Q
-- severity: query
-- title: Physical abuse under the old factor 18A
-- message: Use factor 18B for physical abuse of a child by a child, or 18C by an adult, in place
--     of 18A.
-- reading: In the set since 2024/25, by the public validator data-to-insight/csc-validator-be-cin,
--     which keeps each year's rules; the Department's own list of that year was not read
--     (unverified).
-- module: Assessments
-- official: Please check and either amend data or provide a reason: the assessment factors code
--     '18A' should not be used ('18B' or '18C' should be used instead)
-- years: 2025-
-- fields: assessment_factor.factor
-- points: assessment_factor.factor
-- source: DfE CIN census validation rules 2025/26, rule 8945Q
SELECT child_id, file, sheet, line, factor AS value
FROM assessment_factor
WHERE factor = '18A'
