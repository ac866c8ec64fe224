-- code: 8775Q
-- severity: query
-- title: Young person over 25
-- message: Check the date of birth, and close the episode if it is right: the person was over 25 in
--     the census year.
-- reading: As the rule text has it, the 25th birthday was before the ReferenceDate, and an episode
--     was open after it: one that was closed by the 25th birthday is right. Both the child and each
--     such episode are named.
-- module: ChildIdentifiers
-- official: Please check and either amend data or provide a reason: Child is over 25 years old
-- fields: child.birth_date, referral.closure_date
-- points: child.birth_date, referral.closure_date
-- source: DfE CIN census validation rules 2025/26, rule 8775Q
WITH over_25 AS (
    SELECT
        c.child_id,
        c.birth_date,
        c.file AS child_file,
        c.sheet AS child_sheet,
        c.line AS child_line,
        e.closure_date,
        e.file AS referral_file,
        e.sheet AS referral_sheet,
        e.line AS referral_line
    FROM child AS c
    JOIN return_period AS r ON c.birth_date < r.period_end - INTERVAL 25 YEAR
    JOIN referral AS e
        ON e.child_id = c.child_id
        AND (e.closure_date IS NULL OR e.closure_date > c.birth_date + INTERVAL 25 YEAR)
)
SELECT
    child_id,
    child_file AS file,
    child_sheet AS sheet,
    child_line AS line,
    CAST(birth_date AS VARCHAR) AS value,
    'child.birth_date' AS points
FROM over_25
UNION
SELECT
    child_id,
    referral_file,
    referral_sheet,
    referral_line,
    CAST(closure_date AS VARCHAR),
    'referral.closure_date'
FROM over_25
