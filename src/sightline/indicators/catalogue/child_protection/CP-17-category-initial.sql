-- code: CP-17
-- part: initial
-- version: 1
-- title: Plans started by category of abuse
-- area: Child protection
-- measure: profile
-- unit: percent
-- better: neutral
-- fields: cp_plan.start_date, cp_plan.initial_category
-- definition: Of plans started in the period, the share in each initial category of abuse.
-- source: DfE children in need table d2; CIN census InitialCategoryOfAbuse
SELECT
    child_id,
    start_date AS day,
    CASE initial_category
        WHEN 'NEG' THEN 'Neglect'
        WHEN 'PHY' THEN 'Physical abuse'
        WHEN 'SAB' THEN 'Sexual abuse'
        WHEN 'EMO' THEN 'Emotional abuse'
        WHEN 'MUL' THEN 'Multiple'
        ELSE 'Not known'
    END AS category
FROM cp_plan
WHERE other_authority IS NOT TRUE
