-- code: 8770Q
-- severity: query
-- title: Child of more than five without a UPN
-- message: Give the child's UPN, or the reason why there is none.
-- reading: More than five is a child born earlier than six years before the ReferenceDate, as the
--     rule text has it. Any reason of the list will do. It is asked of a child who has a referral
--     that led to action. So it stood up to 2023/24, by the public validator
--     data-to-insight/csc-validator-be-cin, which keeps each year's rules from 2022/23 on; the
--     Department's own list of those years was not read (unverified).
-- module: ChildIdentifiers
-- official: Please check and either amend data or provide a reason: UPN or reason UPN missing
--     expected for a child who is more than 5 years old
-- years: -2024
-- fields: child.upn_unknown, child.upn, child.birth_date, referral.no_further_action
-- points: child.upn_unknown
-- source: DfE CIN census validation rules 2022/23, rule 8770Q
SELECT c.child_id, c.file, c.sheet, c.line, c.upn_unknown AS value
FROM child AS c
JOIN return_period AS r ON c.birth_date < r.period_end - INTERVAL 6 YEAR
WHERE c.upn IS NULL
    AND EXISTS (
        SELECT *
        FROM referral AS e
        WHERE e.child_id = c.child_id AND e.no_further_action = FALSE
    )
    AND NOT EXISTS (
        SELECT *
        FROM code_list AS l
        WHERE l.list = 'upn_unknown' AND l.code = c.upn_unknown
    )
