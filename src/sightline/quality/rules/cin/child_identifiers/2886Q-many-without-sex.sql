-- code: 2886Q
-- severity: query
-- title: Many children without a sex
-- message: Give the sex of the children who have been born: more than 2% of the return's have none.
-- reading: Without a sex are children for whom it is missing or U, but for those with an expected
--     date of birth. Their share is of all records of children, the unborn among them: that is how
--     the rule text puts it, though the message can be read as leaving the unborn out of both.
--     Every child without is named. A code that is not of the list is rule 4180's. In the set since
--     2024/25, by the public validator data-to-insight/csc-validator-be-cin, which keeps each
--     year's rules; the Department's own list of that year was not read (unverified).
-- module: ChildIdentifiers
-- official: Please check and either amend or provide a reason: Percentage of children with no sex
--     recorded is more than 2% (excluding unborns)
-- years: 2025-
-- fields: child.sex, child.expected_birth_date
-- points: child.sex
-- source: DfE CIN census validation rules 2025/26, rule 2886Q
SELECT child_id, file, sheet, line, sex AS value
FROM (
    SELECT counted.*, COUNT(*) OVER () AS children, SUM(without) OVER () AS all_without
    FROM (
        SELECT
            c.*,
            CASE
                WHEN COALESCE(c.sex, 'U') = 'U' AND c.expected_birth_date IS NULL THEN 1
            END AS without
        FROM child AS c
    ) AS counted
) AS of_all
WHERE without = 1 AND 100 * all_without > 2 * children
