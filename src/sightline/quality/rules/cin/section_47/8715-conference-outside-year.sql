-- code: 8715
-- severity: error
-- title: Conference outside the census year
-- message: The conference is dated before the first or after the last day of the census year, so
--     it does not belong in this return.
-- reading: The year is that up to the ReferenceDate, both days included. The date is one item of
--     the census, whether recorded under an enquiry or under the episode, so both are held to it.
-- module: Section47
-- official: Date of Initial Child Protection Conference must fall within the census year
-- fields: conference.conference_date
-- points: conference.conference_date
-- source: DfE CIN census validation rules 2025/26, rule 8715
SELECT c.child_id, c.file, c.sheet, c.line, CAST(c.conference_date AS VARCHAR) AS value
FROM conference AS c
CROSS JOIN return_period AS r
WHERE c.conference_date < r.period_start OR c.conference_date > r.period_end
