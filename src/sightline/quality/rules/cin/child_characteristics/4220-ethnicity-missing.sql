-- code: 4220
-- severity: error
-- title: Ethnicity is missing or not a known code
-- message: Give one of the ethnicity codes of the code set.
-- reading: It is asked of unborn children too: NOBT says that it is not yet known.
-- module: ChildCharacteristics
-- official: Ethnicity is missing or invalid (see Ethnicity table)
-- records: annex_a, ssda903, ssd, dfe_api
-- fields: child.ethnicity
-- points: child.ethnicity
-- source: DfE CIN census validation rules 2025/26, rule 4220
SELECT child_id, file, sheet, line, ethnicity AS value
FROM child
WHERE NOT EXISTS (
    SELECT *
    FROM code_list AS l
    WHERE l.list = 'ethnicity' AND l.code = child.ethnicity
)
