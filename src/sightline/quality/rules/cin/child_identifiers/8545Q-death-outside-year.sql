-- code: 8545Q
-- severity: query
-- title: Death outside the census year
-- message: Check the date of death: it is not within the census year.
-- module: ChildIdentifiers
-- official: Please check and either amend data or provide a reason: Child's date of death should be
--     within the census year
-- fields: child.death_date
-- points: child.death_date
-- source: DfE CIN census validation rules 2025/26, rule 8545Q
SELECT c.child_id, c.file, c.sheet, c.line, CAST(c.death_date AS VARCHAR) AS value
FROM child AS c
JOIN return_period AS r ON c.death_date < r.period_start OR c.death_date > r.period_end
