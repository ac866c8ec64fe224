-- code: 4180
-- severity: error
-- title: Sex is missing or not a known code
-- message: Give the child's sex as M, F or U.
-- module: ChildIdentifiers
-- official: Sex must be provided and equal M, F, or U
-- records: annex_a, ssda903, ssd, dfe_api
-- fields: child.sex
-- points: child.sex
-- source: DfE CIN census validation rules 2025/26, rule 4180
SELECT child_id, file, sheet, line, sex AS value
FROM child
WHERE sex IS NULL OR sex NOT IN ('M', 'F', 'U')
