-- code: 4008
-- severity: error
-- title: Child in need plan starts after the death
-- message: Check the date of death and the start of the child in need plan: the plan starts after
--     the death.
-- reading: A plan may start on the day of death. Both the child and the plan are named.
-- module: ChildIdentifiers
-- official: CIN Plan shown as starting after the child’s Date of Death.
-- fields: child.death_date, cin_plan.start_date
-- points: child.death_date, cin_plan.start_date
-- source: DfE CIN census validation rules 2025/26, rule 4008
WITH after_death AS (
    SELECT
        c.child_id,
        c.death_date,
        c.file AS child_file,
        c.sheet AS child_sheet,
        c.line AS child_line,
        p.start_date,
        p.file AS plan_file,
        p.sheet AS plan_sheet,
        p.line AS plan_line
    FROM child AS c
    JOIN cin_plan AS p ON p.child_id = c.child_id AND p.start_date > c.death_date
)
SELECT
    child_id,
    child_file AS file,
    child_sheet AS sheet,
    child_line AS line,
    CAST(death_date AS VARCHAR) AS value,
    'child.death_date' AS points
FROM after_death
UNION
SELECT
    child_id,
    plan_file,
    plan_sheet,
    plan_line,
    CAST(start_date AS VARCHAR),
    'cin_plan.start_date'
FROM after_death
