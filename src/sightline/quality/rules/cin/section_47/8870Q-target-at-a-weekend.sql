-- code: 8870Q
-- severity: query
-- title: Target date of the conference at a weekend
-- message: The target date of the initial conference is a Saturday or Sunday.
-- reading: Bank holidays are not weekends.
-- module: Section47
-- official: Please check and either amend or provide a reason: The Target Date for Initial Child
--     Protection Conference should not be a weekend
-- records: annex_a, ssd, dfe_api
-- fields: section_47.conference_target_date
-- points: section_47.conference_target_date
-- source: DfE CIN census validation rules 2025/26, rule 8870Q
SELECT child_id, file, sheet, line, CAST(conference_target_date AS VARCHAR) AS value
FROM section_47
-- 6 January 1900 was a Saturday.
WHERE DATE_DIFF('day', DATE '1900-01-06', conference_target_date) % 7 < 2
