-- code: 8530Q
-- severity: query
-- title: Expected birth far from the end of the census year
-- message: Check the expected date of birth: it is more than 30 days before, or more than nine
--     months after, the end of the census year.
-- reading: From 30 days before the ReferenceDate to nine months after it, both days included: 1
--     March to 31 December. It is asked of every expected date, also where a date of birth is given
--     beside it.
-- module: ChildIdentifiers
-- official: Please check and either amend data or provide a reason: Expected Date of Birth is
--     outside the expected range for this census (March to December of the Census Year end)
-- fields: child.expected_birth_date
-- points: child.expected_birth_date
-- source: DfE CIN census validation rules 2025/26, rule 8530Q
SELECT c.child_id, c.file, c.sheet, c.line, CAST(c.expected_birth_date AS VARCHAR) AS value
FROM child AS c
JOIN return_period AS r
    ON c.expected_birth_date < r.period_end - INTERVAL 30 DAY
    OR c.expected_birth_date > r.period_end + INTERVAL 9 MONTH
