-- code: 8920
-- severity: error
-- title: Plan ends after the child’s death
-- message: The child protection plan ends after the date on which the child is said to have died.
-- reading: It may end on the day of death. The plan and the child are named. Where the child is
--     given more than once, each date of death counts.
-- module: ChildProtectionPlans
-- official: Child Protection Plan cannot end after the child’s Date of Death
-- fields: cp_plan.end_date, child.death_date
-- points: cp_plan.end_date, child.death_date
-- source: DfE CIN census validation rules 2025/26, rule 8920
SELECT
    p.child_id,
    p.file,
    p.sheet,
    p.line,
    CAST(p.end_date AS VARCHAR) AS value,
    'cp_plan.end_date' AS points
FROM cp_plan AS p
WHERE EXISTS (
    SELECT *
    FROM child AS c
    WHERE c.child_id = p.child_id AND c.death_date < p.end_date
)
UNION ALL
SELECT
    c.child_id, c.file, c.sheet, c.line, CAST(c.death_date AS VARCHAR), 'child.death_date'
FROM child AS c
WHERE EXISTS (
    SELECT *
    FROM cp_plan AS p
    WHERE p.child_id = c.child_id AND c.death_date < p.end_date
)
