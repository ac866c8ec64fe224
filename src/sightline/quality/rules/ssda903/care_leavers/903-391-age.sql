-- code: 903-391
-- severity: error
-- title: Care leaver not aged 17 to 21 in the year
-- message: Only young people who were 17, 18, 19, 20 or 21 in the year are asked for.
-- reading: Of someone who turned 22 on the first day of the year no day of the year was at 21.
-- module: OC3
-- official: Young person was not 17, 18, 19, 20 or 21 during the current collection year.
-- fields: care_leaver.child_id, child.birth_date
-- points: care_leaver.child_id
-- source: DfE SSDA903 validation rules 2026/27, rule 391
SELECT t.child_id, t.file, t.sheet, t.line, t.child_id AS value
FROM care_leaver AS t
JOIN child AS c ON c.file = t.file AND c.sheet = t.sheet AND c.line = t.line
CROSS JOIN return_period AS r
WHERE CAST(c.birth_date + INTERVAL 17 YEAR AS DATE) > r.period_end
    OR CAST(c.birth_date + INTERVAL 22 YEAR AS DATE) <= r.period_start
