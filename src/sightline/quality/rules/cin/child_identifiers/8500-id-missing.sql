-- code: 8500
-- severity: error
-- title: Child without an identifier
-- message: Give the child an identifier: without one, nothing of the child or the child's episodes
--     can be kept.
-- reading: Such a child is no record; the file's own line tells which it is.
-- module: ChildIdentifiers
-- official: LA Child ID missing
-- fields: child.child_id
-- points: child.child_id
-- source: DfE CIN census validation rules 2025/26, rule 8500
SELECT
    CAST(NULL AS VARCHAR) AS child_id,
    file_key AS file,
    CAST(NULL AS VARCHAR) AS sheet,
    line,
    value
FROM finding
WHERE code = 'row-without-key' AND table_name = 'child'
