-- code: 8750
-- severity: error
-- title: Gender of an unborn child is not 0
-- message: Give 0 for the gender of an unborn child; if the child has been born, give the date of
--     birth.
-- reading: To 2024 the census asked for the gender. 0 and 9 are both read as U, so that 9 is not
--     found here. Unborn is a child with an expected date of birth and no date of birth. So it
--     stood up to 2023/24, by the public validator data-to-insight/csc-validator-be-cin, which
--     keeps each year's rules from 2022/23 on; the Department's own list of those years was not
--     read (unverified).
-- module: ChildIdentifiers
-- official: Gender must equal 0 for an unborn child
-- years: -2024
-- fields: child.sex, child.birth_date, child.expected_birth_date
-- points: child.sex
-- source: DfE CIN census validation rules 2022/23, rule 8750
SELECT child_id, file, sheet, line, sex AS value
FROM child
WHERE expected_birth_date IS NOT NULL AND birth_date IS NULL AND (sex IS NULL OR sex <> 'U')
