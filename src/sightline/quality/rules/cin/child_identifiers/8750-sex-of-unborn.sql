-- code: 8750
-- severity: error
-- title: Sex of an unborn child is not U
-- message: Give U for the sex of an unborn child; if the child has been born, give the date of
--     birth.
-- reading: Unborn is a child with an expected date of birth and no date of birth. A missing sex is
--     not U. In the set since 2024/25, by the public validator
--     data-to-insight/csc-validator-be-cin, which keeps each year's rules; the Department's own
--     list of that year was not read (unverified).
-- module: ChildIdentifiers
-- official: Sex must equal U for an unborn child
-- years: 2025-
-- fields: child.sex, child.birth_date, child.expected_birth_date
-- points: child.sex
-- source: DfE CIN census validation rules 2025/26, rule 8750
SELECT child_id, file, sheet, line, sex AS value
FROM child
WHERE expected_birth_date IS NOT NULL AND birth_date IS NULL AND (sex IS NULL OR sex <> 'U')
