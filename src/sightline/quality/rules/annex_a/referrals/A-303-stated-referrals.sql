-- code: A-303
-- severity: query
-- title: Fewer referrals stated than the list shows
-- message: The list shows more referrals of the child than the number stated for the last 12
--     months.
-- reading: Counted are the rows of the child in the 365 days to the referral. An authority may or
--     may not count the referral itself, so one fewer is let pass.
-- module: List 3
-- fields: referral.stated_referrals, referral.referral_date
-- points: referral.stated_referrals
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT child_id, file, sheet, line, CAST(stated_referrals AS VARCHAR) AS value
FROM (
    SELECT
        t.*,
        COUNT(*) OVER (
            PARTITION BY t.child_id ORDER BY t.referral_date
            RANGE BETWEEN INTERVAL 364 DAY PRECEDING AND CURRENT ROW
        ) AS shown
    FROM referral AS t
    JOIN file_part AS p ON p.file = t.file AND p.sheet = t.sheet
    WHERE p.part = '3'
) AS counted
WHERE stated_referrals < shown - 1
