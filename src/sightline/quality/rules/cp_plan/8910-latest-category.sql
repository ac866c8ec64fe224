-- code: 8910
-- severity: error
-- title: Latest category of abuse is missing or not a known code
-- message: Give NEG, PHY, SAB, EMO or MUL.
-- fields: cp_plan.latest_category
-- points: cp_plan.latest_category
-- source: DfE CIN census validation rules 2025/26, rule 8910
SELECT child_id, file, sheet, line, CAST(latest_category AS VARCHAR) AS value
FROM cp_plan
WHERE latest_category IS NULL OR latest_category NOT IN ('NEG', 'PHY', 'SAB', 'EMO', 'MUL')
