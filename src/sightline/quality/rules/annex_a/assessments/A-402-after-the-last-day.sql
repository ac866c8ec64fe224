-- code: A-402
-- severity: query
-- title: Assessment authorised after the last day
-- message: The day has not come yet on the last day of the lists, so what it ends is still open;
--     leave it blank or mend it.
-- module: List 4
-- fields: assessment.authorisation_date
-- points: assessment.authorisation_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(authorisation_date AS VARCHAR) AS value
FROM assessment
WHERE authorisation_date > return_end
