-- code: 8905
-- severity: error
-- title: Initial category of abuse is missing or not a known code
-- message: Give the initial category of abuse: NEG, PHY, SAB, EMO or MUL.
-- reading: The codes are those of the return's year. The daily return has no place for it.
-- module: ChildProtectionPlans
-- official: Initial Category of Abuse code missing or invalid (see Category of Abuse table in CIN
--     Census code set)
-- records: annex_a, ssda903, ssd, dfe_api
-- fields: cp_plan.initial_category
-- points: cp_plan.initial_category
-- source: DfE CIN census validation rules 2025/26, rule 8905
SELECT child_id, file, sheet, line, initial_category AS value
FROM cp_plan AS p
WHERE NOT EXISTS (
        SELECT *
        FROM code_list AS c
        WHERE c.list = 'abuse_category' AND c.code = p.initial_category
    )
    AND source <> 'dfe_api'
