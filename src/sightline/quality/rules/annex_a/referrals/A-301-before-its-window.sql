-- code: A-301
-- severity: query
-- title: Referral before the window of the list
-- message: The list holds what is dated before the days it covers; draw it again with the right
--     days.
-- reading: A list covers the days that the return covers, which are six months unless its notes
--     state more; what is named is the earliest row before them, as a list that reaches too far
--     back is drawn again, not mended row by row.
-- module: List 3
-- fields: referral.referral_date
-- points: referral.referral_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(referral_date AS VARCHAR) AS value
FROM (
    SELECT t.*, ROW_NUMBER() OVER (ORDER BY t.referral_date, t.line) AS place
    FROM referral AS t
    JOIN file_part AS p ON p.file = t.file AND p.sheet = t.sheet
    CROSS JOIN return_period AS r
    WHERE t.referral_date < r.period_start AND p.part = '3'
) AS earlier
WHERE place = 1
