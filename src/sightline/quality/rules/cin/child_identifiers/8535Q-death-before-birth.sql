-- code: 8535Q
-- severity: query
-- title: Death before birth
-- message: The date of death should not be before the date of birth.
-- reading: A child may die on the day of birth. A child who died unborn has no date of birth to
--     compare, and may have died before the expected date.
-- module: ChildIdentifiers
-- official: Please check and either amend data or provide a reason: Child’s date of death should
--     not be prior to the date of birth
-- records: annex_a, ssda903, ssd, dfe_api
-- fields: child.birth_date, child.death_date
-- points: child.death_date
-- source: DfE CIN census validation rules 2025/26, rule 8535Q
SELECT child_id, file, sheet, line, CAST(death_date AS VARCHAR) AS value
FROM child
WHERE death_date < birth_date
