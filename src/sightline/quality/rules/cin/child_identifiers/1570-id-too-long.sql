-- code: 1570
-- severity: error
-- title: Child's identifier is too long
-- message: Give the child an identifier of at most 20 characters, and the same one in later
--     returns.
-- reading: In the set since 2024/25, by the public validator data-to-insight/csc-validator-be-cin,
--     which keeps each year's rules; the Department's own list of that year was not read
--     (unverified).
-- module: ChildIdentifiers
-- official: LA Child ID must not be longer than 20 characters
-- years: 2025-
-- fields: child.child_id
-- points: child.child_id
-- source: DfE CIN census validation rules 2025/26, rule 1570
SELECT child_id, file, sheet, line, child_id AS value
FROM child
WHERE LENGTH(child_id) > 20
