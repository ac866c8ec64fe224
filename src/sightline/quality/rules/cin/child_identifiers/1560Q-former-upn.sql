-- code: 1560Q
-- severity: query
-- title: Former UPN is not of the form of a UPN
-- message: Look the former UPN up again: a letter, eleven digits, and a digit or a letter; I, O and
--     S are not used.
-- reading: Only the form is asked for, as the message says: neither the check letter nor the
--     authority. A former UPN may be a temporary one, which ends with a letter. Small letters are
--     read as capitals.
-- module: ChildIdentifiers
-- official: Please check and either amend or provide a reason: Former UPN wrongly formatted
-- fields: child.former_upn
-- points: child.former_upn
-- source: DfE CIN census validation rules 2025/26, rule 1560Q
SELECT child_id, file, sheet, line, former_upn AS value
FROM child
WHERE LENGTH(former_upn) <> 13
    OR POSITION(UPPER(SUBSTRING(former_upn, 1, 1)) IN 'ABCDEFGHJKLMNPQRTUVWXYZ') = 0
    OR TRANSLATE(SUBSTRING(former_upn, 2, 11), '0123456789', '') <> ''
    OR POSITION(UPPER(SUBSTRING(former_upn, 13)) IN '0123456789ABCDEFGHJKLMNPQRTUVWXYZ') = 0
