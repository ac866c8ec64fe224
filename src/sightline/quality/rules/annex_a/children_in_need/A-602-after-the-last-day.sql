-- code: A-602
-- severity: query
-- title: Case closed after the last day
-- message: The day has not come yet on the last day of the lists, so what it ends is still open;
--     leave it blank or mend it.
-- module: List 6
-- fields: referral.closure_date
-- points: referral.closure_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(closure_date AS VARCHAR) AS value
FROM referral
WHERE closure_date > return_end
