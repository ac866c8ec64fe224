-- code: 4220
-- severity: error
-- title: Ethnicity is missing or not a known code
-- message: Give one of the ethnicity codes of the code set.
-- module: ChildCharacteristics
-- official: Ethnicity is missing or invalid (see Ethnicity table)
-- records: annex_a, ssda903, ssd, dfe_api
-- fields: child.ethnicity
-- points: child.ethnicity
-- source: DfE CIN census validation rules 2025/26, rule 4220
SELECT child_id, file, sheet, line, ethnicity AS value
FROM child
WHERE ethnicity IS NULL
    OR ethnicity NOT IN (
        'WBRI', 'WIRI', 'WIRT', 'WOTH', 'WROM', 'MWBC', 'MWBA', 'MWAS', 'MOTH', 'AIND', 'APKN',
        'ABAN', 'AOTH', 'BCRB', 'BAFR', 'BOTH', 'CHNE', 'OOTH', 'REFU', 'NOBT'
    )
