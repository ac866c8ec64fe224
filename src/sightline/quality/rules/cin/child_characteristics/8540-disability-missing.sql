-- code: 8540
-- severity: error
-- title: Disability is missing or not a known code
-- message: Give each disability of the child by a code of the list, or NONE.
-- reading: As the rule text has it, it is asked only of a child who has been born and has a
--     referral that led to action: for the unborn the field is left blank, and of a referral
--     without action it is not asked. A missing disability is named at the child, a wrong code at
--     its own line.
-- module: ChildCharacteristics
-- official: Child’s disability is missing or invalid (see Disability table)
-- fields: child.child_id, child.birth_date, disability.disability, referral.no_further_action
-- points: disability.disability
-- source: DfE CIN census validation rules 2025/26, rule 8540
SELECT DISTINCT
    c.child_id,
    COALESCE(d.file, c.file) AS file,
    c.sheet,
    COALESCE(d.line, c.line) AS line,
    d.disability AS value
FROM child AS c
LEFT JOIN disability AS d ON d.child_id = c.child_id
WHERE c.birth_date IS NOT NULL
    AND EXISTS (
        SELECT *
        FROM referral AS r
        WHERE r.child_id = c.child_id AND r.no_further_action = FALSE
    )
    AND NOT EXISTS (
        SELECT *
        FROM code_list AS l
        WHERE l.list = 'disability' AND l.code = d.disability
    )
