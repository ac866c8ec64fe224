-- code: 8910
-- severity: error
-- title: Latest category of abuse is missing or not a known code
-- message: Give the latest category of abuse: NEG, PHY, SAB, EMO or MUL.
-- reading: The codes are those of the return's year. The daily return has no place for it.
-- module: ChildProtectionPlans
-- official: Latest Category of Abuse code missing or invalid (see Category of Abuse table in CIN
--     Census code set)
-- records: annex_a, ssda903, ssd, dfe_api
-- fields: cp_plan.latest_category
-- points: cp_plan.latest_category
-- source: DfE CIN census validation rules 2025/26, rule 8910
SELECT child_id, file, sheet, line, latest_category AS value
FROM cp_plan AS p
WHERE NOT EXISTS (
        SELECT *
        FROM code_list AS c
        WHERE c.list = 'abuse_category' AND c.code = p.latest_category
    )
    AND source <> 'dfe_api'
