-- code: 8520
-- severity: error
-- title: Birth after the census year
-- message: Give the expected date of birth, if the child was not born by the end of the census
--     year; else correct the date of birth.
-- module: ChildIdentifiers
-- official: Date of Birth is after data collection period (must be on or before the end of the
--     census period)
-- fields: child.birth_date
-- points: child.birth_date
-- source: DfE CIN census validation rules 2025/26, rule 8520
SELECT c.child_id, c.file, c.sheet, c.line, CAST(c.birth_date AS VARCHAR) AS value
FROM child AS c
JOIN return_period AS r ON c.birth_date > r.period_end
