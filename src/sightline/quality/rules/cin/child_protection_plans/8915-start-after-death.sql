-- code: 8915
-- severity: error
-- title: Plan starts after the child’s death
-- message: The child protection plan starts after the date on which the child is said to have
--     died.
-- reading: It may start on the day of death. The plan and the child are named. Where the child is
--     given more than once, each date of death counts.
-- module: ChildProtectionPlans
-- official: Child Protection Plan shown as starting after the child’s Date of Death
-- fields: cp_plan.start_date, child.death_date
-- points: cp_plan.start_date, child.death_date
-- source: DfE CIN census validation rules 2025/26, rule 8915
SELECT
    p.child_id,
    p.file,
    p.sheet,
    p.line,
    CAST(p.start_date AS VARCHAR) AS value,
    'cp_plan.start_date' AS points
FROM cp_plan AS p
WHERE EXISTS (
    SELECT *
    FROM child AS c
    WHERE c.child_id = p.child_id AND c.death_date < p.start_date
)
UNION ALL
SELECT
    c.child_id, c.file, c.sheet, c.line, CAST(c.death_date AS VARCHAR), 'child.death_date'
FROM child AS c
WHERE EXISTS (
    SELECT *
    FROM cp_plan AS p
    WHERE p.child_id = c.child_id AND c.death_date < p.start_date
)
