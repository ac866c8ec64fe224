-- code: 1520
-- severity: error
-- title: More than one record with one UPN
-- message: Give each child their own UPN: another record of the return has the same one.
-- reading: Every record with the UPN is named, and a child who stands twice in the return is two
--     records. Small letters are read as capitals. A FormerUPN may be the UPN of another record.
-- module: ChildIdentifiers
-- official: More than one record with the same UPN.
-- fields: child.upn
-- points: child.upn
-- source: DfE CIN census validation rules 2025/26, rule 1520
SELECT child_id, file, sheet, line, upn AS value
FROM (
    SELECT c.*, COUNT(*) OVER (PARTITION BY UPPER(c.upn)) AS records
    FROM child AS c
    WHERE c.upn IS NOT NULL
) AS alike
WHERE records > 1
