-- code: CP-17
-- part: latest
-- version: 1
-- title: Open plans by category of abuse
-- area: Child protection
-- measure: stock profile
-- unit: percent
-- better: neutral
-- fields: cp_plan.start_date, cp_plan.end_date, cp_plan.latest_category
-- definition: Of plans open on the day, the share in each latest category of abuse.
-- source: DfE children in need table d4; CIN census LatestCategoryOfAbuse
SELECT
    child_id,
    start_date AS opens,
    end_date AS closes,
    CASE latest_category
        WHEN 'NEG' THEN 'Neglect'
        WHEN 'PHY' THEN 'Physical abuse'
        WHEN 'SAB' THEN 'Sexual abuse'
        WHEN 'EMO' THEN 'Emotional abuse'
        WHEN 'MUL' THEN 'Multiple'
        ELSE 'Not known'
    END AS category
FROM cp_plan
WHERE other_authority IS NOT TRUE
