-- code: F-referral
-- severity: query
-- title: Referral after the return ends
-- message: The date is after the last day the return covers, so it may be a slip of the pen.
-- fields: referral.referral_date
-- points: referral.referral_date
-- source: Sightline
SELECT child_id, file, sheet, line, CAST(referral_date AS VARCHAR) AS value
FROM referral
WHERE referral_date > return_end
