-- code: 1550
-- severity: error
-- title: Last character of the UPN is wrong
-- message: Look the UPN up again: it has 13 characters, of which the last is a digit, or a letter
--     other than I, O and S.
-- reading: A letter stands there in a temporary UPN. No other rule asks how long a UPN is, so one
--     that does not end with its 13th character is named here: it has no right value in that place,
--     or more after it. Small letters are read as capitals, as the census's schema allows them.
-- module: ChildIdentifiers
-- official: UPN invalid (character 13 not a recognised value)
-- fields: child.upn
-- points: child.upn
-- source: DfE CIN census validation rules 2025/26, rule 1550
SELECT child_id, file, sheet, line, upn AS value
FROM child
WHERE LENGTH(upn) <> 13
    OR POSITION(UPPER(SUBSTRING(upn, 13)) IN '0123456789ABCDEFGHJKLMNPQRTUVWXYZ') = 0
