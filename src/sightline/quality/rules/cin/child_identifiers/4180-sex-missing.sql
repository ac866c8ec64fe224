-- code: 4180
-- severity: error
-- title: Sex is missing or not a known code
-- message: Give the child's sex as M, F or U.
-- reading: A code of the gender that the census asked for to 2024 (1, 2, 0, 9) is read as the sex
--     it stood for, and named here once, at the first child who has it. In the set since 2024/25,
--     by the public validator data-to-insight/csc-validator-be-cin, which keeps each year's rules;
--     the Department's own list of that year was not read (unverified).
-- module: ChildIdentifiers
-- official: Sex must be provided and equal M, F, or U
-- records: annex_a, ssda903, ssd, dfe_api
-- years: 2025-
-- fields: child.sex
-- points: child.sex
-- source: DfE CIN census validation rules 2025/26, rule 4180
SELECT child_id, file, sheet, line, sex AS value
FROM child
WHERE sex IS NULL OR sex NOT IN ('M', 'F', 'U')
UNION ALL
SELECT child_id, file_key, CAST(NULL AS VARCHAR), line, value
FROM finding
WHERE code = 'code-of-another-year' AND column_name = 'sex' AND format = 'cin'
