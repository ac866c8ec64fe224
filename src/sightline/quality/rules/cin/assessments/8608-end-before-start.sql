-- code: 8608
-- severity: error
-- title: Assessment ends before it starts
-- message: The assessment is authorised before its start, so it counts as not in time.
-- reading: It may end on the day it starts.
-- module: Assessments
-- official: Assessment Start Date cannot be later than its End Date
-- records: annex_a, ssd, dfe_api
-- fields: assessment.start_date, assessment.authorisation_date
-- points: assessment.authorisation_date
-- source: DfE CIN census validation rules 2025/26, rule 8608
SELECT child_id, file, sheet, line, CAST(authorisation_date AS VARCHAR) AS value
FROM assessment
WHERE authorisation_date < start_date
