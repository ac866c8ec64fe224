-- code: 1540
-- severity: error
-- title: UPN with other signs where digits stand
-- message: Look the UPN up again: characters 5 to 12 must all be digits.
-- reading: A UPN too short to have all eight characters is named.
-- module: ChildIdentifiers
-- official: UPN invalid (characters 5-12 not all numeric)
-- fields: child.upn
-- points: child.upn
-- source: DfE CIN census validation rules 2025/26, rule 1540
SELECT child_id, file, sheet, line, upn AS value
FROM child
WHERE LENGTH(upn) < 12 OR TRANSLATE(SUBSTRING(upn, 5, 8), '0123456789', '') <> ''
