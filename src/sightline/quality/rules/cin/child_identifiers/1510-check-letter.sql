-- code: 1510
-- severity: error
-- title: Check letter of the UPN is wrong
-- message: Look the UPN up again: its first letter does not agree with its other characters, so one
--     of them is wrong.
-- reading: Each of characters 2 to 13 times its place, added up, and what is left when that is
--     divided by 23 is the number of the letter: A 0, B 1 to Z 22, where I, O and S are not used.
--     The last character of a temporary UPN, a letter, counts with its own number (UK Government
--     Data Standards Catalogue, Unique Pupil Number 2.0, 2004). Small letters are read as capitals.
--     Where another character is not one a UPN can have there is no letter to work out: rules 1530,
--     1540 and 1550 name it.
-- module: ChildIdentifiers
-- official: UPN invalid (wrong check letter at character 1)
-- fields: child.upn
-- points: child.upn
-- source: DfE CIN census validation rules 2025/26, rule 1510
SELECT child_id, file, sheet, line, upn AS value
FROM child
WHERE LENGTH(upn) = 13
    AND TRANSLATE(SUBSTRING(upn, 2, 11), '0123456789', '') = ''
    AND POSITION(UPPER(SUBSTRING(upn, 13)) IN '0123456789ABCDEFGHJKLMNPQRTUVWXYZ') > 0
    AND POSITION(UPPER(SUBSTRING(upn, 1, 1)) IN 'ABCDEFGHJKLMNPQRTUVWXYZ') <> 1 + MOD(
        2 * POSITION(SUBSTRING(upn, 2, 1) IN '123456789')
        + 3 * POSITION(SUBSTRING(upn, 3, 1) IN '123456789')
        + 4 * POSITION(SUBSTRING(upn, 4, 1) IN '123456789')
        + 5 * POSITION(SUBSTRING(upn, 5, 1) IN '123456789')
        + 6 * POSITION(SUBSTRING(upn, 6, 1) IN '123456789')
        + 7 * POSITION(SUBSTRING(upn, 7, 1) IN '123456789')
        + 8 * POSITION(SUBSTRING(upn, 8, 1) IN '123456789')
        + 9 * POSITION(SUBSTRING(upn, 9, 1) IN '123456789')
        + 10 * POSITION(SUBSTRING(upn, 10, 1) IN '123456789')
        + 11 * POSITION(SUBSTRING(upn, 11, 1) IN '123456789')
        + 12 * POSITION(SUBSTRING(upn, 12, 1) IN '123456789')
        + 13 * POSITION(SUBSTRING(upn, 13) IN '123456789')
        + 13 * POSITION(UPPER(SUBSTRING(upn, 13)) IN 'BCDEFGHJKLMNPQRTUVWXYZ'),
        23
    )
