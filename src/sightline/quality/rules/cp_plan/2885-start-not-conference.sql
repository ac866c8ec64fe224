-- code: 2885
-- severity: error
-- title: Plan does not start on the day of a conference
-- message: The plan's start is not the date of any initial conference of the child in the
--     records.
-- fields: cp_plan.start_date, conference.conference_date
-- points: cp_plan.start_date
-- source: DfE CIN census validation rules 2025/26, rule 2885
SELECT p.child_id, p.file, p.sheet, p.line, CAST(p.start_date AS VARCHAR) AS value
FROM cp_plan AS p
JOIN (
    SELECT child_id, MIN(conference_date) AS first_conference
    FROM conference
    GROUP BY child_id
) AS known ON known.child_id = p.child_id
LEFT JOIN conference AS c ON c.child_id = p.child_id AND c.conference_date = p.start_date
WHERE c.child_id IS NULL AND p.start_date >= known.first_conference
