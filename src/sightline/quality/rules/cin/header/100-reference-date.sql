-- code: 100
-- severity: error
-- title: Reference date is not the census's
-- message: Give 31 March of the census year as the ReferenceDate, and the same year as the Year.
-- reading: The date must be given, be one that can be read, be a 31 March, and be of the year that
--     the header states as Year. A census without a Year has only its own date to go by. The rule
--     holds for the final return: a file made during the year, to look at what there is so far,
--     breaks it rightly.
-- module: Header
-- official: Reference Date is incorrect
-- fields: child.child_id
-- points: ReferenceDate
-- source: DfE CIN census validation rules 2025/26, rule 100
SELECT
    CAST(NULL AS VARCHAR) AS child_id,
    file_key AS file,
    CAST(NULL AS VARCHAR) AS sheet,
    line,
    value
FROM finding
WHERE code IN ('reference-date', 'year-differs')
    OR (code = 'unreadable-date' AND column_name = 'ReferenceDate')
