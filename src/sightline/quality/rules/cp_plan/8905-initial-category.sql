-- code: 8905
-- severity: error
-- title: Initial category of abuse is missing or not a known code
-- message: Give NEG, PHY, SAB, EMO or MUL.
-- fields: cp_plan.initial_category
-- points: cp_plan.initial_category
-- source: DfE CIN census validation rules 2025/26, rule 8905
SELECT child_id, file, sheet, line, CAST(initial_category AS VARCHAR) AS value
FROM cp_plan
WHERE initial_category IS NULL OR initial_category NOT IN ('NEG', 'PHY', 'SAB', 'EMO', 'MUL')
