-- code: 1580
-- severity: error
-- title: Child's identifier has other signs than letters and digits
-- message: Give the child an identifier of the letters A to Z and digits alone, and the same one in
--     later returns.
-- reading: Letters are those of the English alphabet, so one with an accent is named. White space
--     at the ends is not part of an identifier. In the set since 2024/25, by the public validator
--     data-to-insight/csc-validator-be-cin, which keeps each year's rules; the Department's own
--     list of that year was not read (unverified).
-- module: ChildIdentifiers
-- official: LA Child ID must not contain any non-alphanumeric characters
-- years: 2025-
-- fields: child.child_id
-- points: child.child_id
-- source: DfE CIN census validation rules 2025/26, rule 1580
SELECT child_id, file, sheet, line, child_id AS value
FROM child
WHERE TRANSLATE(UPPER(child_id), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', '') <> ''
