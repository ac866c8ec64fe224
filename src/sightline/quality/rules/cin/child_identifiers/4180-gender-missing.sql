-- code: 4180
-- severity: error
-- title: Gender is missing or not a known code
-- message: Give the child's gender as 1, 2, 0 or 9.
-- reading: To 2024 the census asked for the gender: 1, 2, 0 or 9, read as M, F, U and U. A code of
--     the sex (M, F, U) is named once, at the first child who has it. So it stood up to 2023/24, by
--     the public validator data-to-insight/csc-validator-be-cin, which keeps each year's rules from
--     2022/23 on; the Department's own list of those years was not read (unverified).
-- module: ChildIdentifiers
-- official: Gender is missing
-- records: annex_a, ssda903, ssd, dfe_api
-- years: -2024
-- fields: child.sex
-- points: child.sex
-- source: DfE CIN census validation rules 2022/23, rule 4180
SELECT child_id, file, sheet, line, sex AS value
FROM child
WHERE sex IS NULL OR sex NOT IN ('M', 'F', 'U')
UNION ALL
SELECT child_id, file_key, CAST(NULL AS VARCHAR), line, value
FROM finding
WHERE code = 'code-of-another-year' AND column_name = 'sex' AND format = 'cin'
