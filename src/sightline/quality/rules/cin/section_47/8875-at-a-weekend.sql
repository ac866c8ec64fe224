-- code: 8875
-- severity: error
-- title: Conference at a weekend
-- message: The conference is dated on a Saturday or Sunday.
-- reading: Bank holidays are not weekends.
-- module: Section47
-- official: The Date of Initial Child Protection Conference cannot be a weekend
-- records: annex_a, ssd, dfe_api
-- fields: conference.conference_date
-- points: conference.conference_date
-- source: DfE CIN census validation rules 2025/26, rule 8875
SELECT child_id, file, sheet, line, CAST(conference_date AS VARCHAR) AS value
FROM conference
-- 6 January 1900 was a Saturday.
WHERE DATE_DIFF('day', DATE '1900-01-06', conference_date) % 7 < 2
