-- code: A-505
-- severity: query
-- title: Outcome of a conference is missing
-- message: Say whether the conference resulted in a child protection plan.
-- module: List 5
-- fields: conference.resulted_in_plan
-- points: conference.resulted_in_plan
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(resulted_in_plan AS VARCHAR) AS value
FROM conference
WHERE resulted_in_plan IS NULL AND conference_date <= return_end
