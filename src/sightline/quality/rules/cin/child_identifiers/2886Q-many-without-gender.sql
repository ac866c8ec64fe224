-- code: 2886Q
-- severity: query
-- title: Many children without a gender
-- message: Give the gender of the children who have been born: more than 2% of the return's have
--     none.
-- reading: To 2024 the census asked for the gender: 1, 2, 0 or 9. Without one are children for whom
--     it is missing or 0, but for those with an expected date of birth. 9 (indeterminate) counts so
--     too, for records hold one code for both. The share is of all records of children. So it stood
--     up to 2023/24, by the public validator data-to-insight/csc-validator-be-cin, which keeps each
--     year's rules from 2022/23 on; the Department's own list of those years was not read
--     (unverified).
-- module: ChildIdentifiers
-- official: Please check: Percentage of children with no gender recorded is more than 2% (excluding
--     unborns)
-- years: -2024
-- fields: child.sex, child.expected_birth_date
-- points: child.sex
-- source: DfE CIN census validation rules 2022/23, rule 2886Q
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
