-- code: 8770Q
-- severity: query
-- title: Child of school age without a UPN
-- message: Give the child's UPN, or a reason other than UN1 why there is none.
-- reading: Of school age is a child who was four by the 31 August before the census year began, and
--     so has been of an age to be at school for the whole of it: for the year to March 2026, one
--     born by 31 August 2020. So the looked-after return has it in the same words (SSDA903 rule
--     209); the census's own day is unverified. There is no upper age, because a UPN is kept. It is
--     asked of a child who has a referral that led to action. A reason that the list does not have
--     is no reason. In the set since 2024/25, by the public validator
--     data-to-insight/csc-validator-be-cin, which keeps each year's rules; the Department's own
--     list of that year was not read (unverified).
-- module: ChildIdentifiers
-- official: Please check and either amend data or provide a reason: UPN is missing or reason UPN is
--     missing or is UN1 for a child who is of school age.
-- years: 2025-
-- fields: child.upn_unknown, child.upn, child.birth_date, referral.no_further_action
-- points: child.upn_unknown
-- source: DfE CIN census validation rules 2025/26, rule 8770Q
SELECT c.child_id, c.file, c.sheet, c.line, c.upn_unknown AS value
FROM child AS c
JOIN return_period AS r ON c.birth_date < r.period_start - INTERVAL 55 MONTH
WHERE c.upn IS NULL
    AND EXISTS (
        SELECT *
        FROM referral AS e
        WHERE e.child_id = c.child_id AND e.no_further_action = FALSE
    )
    AND NOT EXISTS (
        SELECT *
        FROM code_list AS l
        WHERE l.list = 'upn_unknown' AND l.code = c.upn_unknown AND l.code <> 'UN1'
    )
