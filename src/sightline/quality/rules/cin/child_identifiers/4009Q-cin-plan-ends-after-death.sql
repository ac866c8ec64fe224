-- code: 4009Q
-- severity: query
-- title: Child in need plan ends after the death
-- message: Check the date of death and the end of the child in need plan: the plan ends after the
--     death.
-- reading: A plan may end on the day of death; one without an end is not asked about. Both the
--     child and the plan are named.
-- module: ChildIdentifiers
-- official: CIN Plan cannot end after the child’s Date of Death
-- fields: child.death_date, cin_plan.end_date
-- points: child.death_date, cin_plan.end_date
-- source: DfE CIN census validation rules 2025/26, rule 4009Q
WITH after_death AS (
    SELECT
        c.child_id,
        c.death_date,
        c.file AS child_file,
        c.sheet AS child_sheet,
        c.line AS child_line,
        p.end_date,
        p.file AS plan_file,
        p.sheet AS plan_sheet,
        p.line AS plan_line
    FROM child AS c
    JOIN cin_plan AS p ON p.child_id = c.child_id AND p.end_date > c.death_date
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
    CAST(end_date AS VARCHAR),
    'cin_plan.end_date'
FROM after_death
