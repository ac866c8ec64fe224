-- code: 8525Q
-- severity: query
-- title: Neither or both of birth date and expected birth date
-- message: Give the date of birth, or for an unborn child the expected date, and not both.
-- reading: A date that cannot be read is not given.
-- module: ChildIdentifiers
-- official: Either Date of Birth or Expected Date of Birth must be provided (but not both)
-- records: annex_a, ssda903, ssd, dfe_api
-- fields: child.birth_date
-- points: child.birth_date
-- source: DfE CIN census validation rules 2025/26, rule 8525Q
SELECT child_id, file, sheet, line, CAST(birth_date AS VARCHAR) AS value
FROM child
WHERE (birth_date IS NULL) = (expected_birth_date IS NULL)
