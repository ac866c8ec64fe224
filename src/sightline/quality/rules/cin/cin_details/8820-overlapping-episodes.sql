-- code: 8820
-- severity: error
-- title: Episodes of need overlap
-- message: The episode overlaps in time with another episode of need of the child.
-- reading: An episode lasts to its closure, and without one for as long as it is open. A referral
--     with no further action lasts no longer than its day, unless a closure is given; yet it may
--     not come while another episode lasts, as the case is then open already. So too where it is
--     not known whether action followed. One that opens on the day another closes does not overlap
--     it. Every episode that takes part is named. In Annex A the closure stands in another list
--     than the referral, so its rows are left out.
-- module: CINdetails
-- official: The dates on the CIN episodes for this child overlap
-- records: cin, annex_a, ssd, dfe_api
-- fields: referral.referral_date, referral.closure_date, referral.no_further_action
-- points: referral.referral_date
-- source: DfE CIN census validation rules 2025/26, rule 8820
SELECT child_id, file, sheet, line, CAST(referral_date AS VARCHAR) AS value
FROM (
    SELECT
        lasting.*,
        MAX(until) OVER (
            PARTITION BY child_id ORDER BY referral_date, until
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS busy_until,
        LEAD(referral_date) OVER (
            PARTITION BY child_id ORDER BY referral_date, until
        ) AS next_start
    FROM (
        SELECT
            t.*,
            COALESCE(
                t.closure_date,
                CASE
                    WHEN t.no_further_action IS FALSE THEN DATE '9999-12-31'
                    ELSE t.referral_date
                END
            ) AS until
        FROM referral AS t
        WHERE t.source <> 'annex_a'
    ) AS lasting
) AS ordered
WHERE referral_date < busy_until OR next_start < until
