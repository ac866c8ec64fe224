-- code: 1530
-- severity: error
-- title: UPN of an authority that is not known
-- message: Look the UPN up again: characters 2 to 4 are not the number of an authority that gives
--     UPNs.
-- reading: Recognised are the numbers that the rule itself lists: of authorities since April 1999
--     (since 1998, as older sets put it), those replaced long ago among them because a UPN is kept
--     for life, and the numbers that stand for no authority (001 to 005, 701 to 708). 942 and 943
--     are right from the census to March 2024. The list is that of the 2023/24 rules; that 2024/25
--     and 2025/26 left it as it was is unverified. A UPN too short to have the characters is named
--     too.
-- module: ChildIdentifiers
-- official: UPN invalid (characters 2-4 not a recognised LA code)
-- fields: child.upn
-- points: child.upn
-- source: DfE CIN census validation rules 2025/26, rule 1530
SELECT child_id, file, sheet, line, upn AS value
FROM child
WHERE upn IS NOT NULL
    AND NOT EXISTS (
        SELECT *
        FROM code_list AS l
        WHERE l.list = 'upn_authority' AND l.code = SUBSTRING(child.upn, 2, 3)
    )
