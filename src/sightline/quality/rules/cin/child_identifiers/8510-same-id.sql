-- code: 8510
-- severity: error
-- title: More than one record of a child
-- message: Put the child's episodes under one record, or give two children identifiers of their
--     own.
-- reading: Every record with the identifier is named. Capitals and small letters are different.
-- module: ChildIdentifiers
-- official: More than one child record with the same LA Child ID
-- fields: child.child_id
-- points: child.child_id
-- source: DfE CIN census validation rules 2025/26, rule 8510
SELECT child_id, file, sheet, line, child_id AS value
FROM (SELECT c.*, COUNT(*) OVER (PARTITION BY c.child_id) AS records FROM child AS c) AS alike
WHERE records > 1
