-- code: CI-06
-- version: 1
-- title: Children in need not seen within the standard
-- area: Children in need
-- measure: stock
-- unit: children in need
-- better: lower
-- by: district, team, worker, reason
-- fields: referral.referral_date, referral.closure_date, visit.visit_date, visit.seen
-- definition: Children in need on the day who have never been seen since the referral, or were
--     last seen longer ago than the local standard.
-- note: Shown first, and never averaged away. The standard is the one in force on the day. A
--     visit counts when the child is known to have been seen, by a worker of any pathway.
-- source: Annex A list 6, Date Child Was Last Seen; Standard Safeguarding Dataset
--     ssd_cin_visits; local standard child-in-need-visit
SELECT
    s.child_id,
    -- The calendar begins in 1990: a time before it is long ago on every day of it.
    GREATEST(
        t.valid_from,
        CASE WHEN s.last_seen IS NULL THEN s.from_day ELSE COALESCE(overdue.day, s.from_day) END
    ) AS opens,
    NULLIF(LEAST(s.until, t.valid_until), DATE '9999-12-31') AS closes,
    CASE WHEN s.last_seen IS NULL THEN 'Never seen' ELSE 'Overdue' END AS reason,
    s.referral_date,
    s.last_seen,
    s.district,
    s.team,
    s.worker
FROM seen_stretch AS s
JOIN standard AS t ON t.name = 'child-in-need-visit'
LEFT JOIN calendar AS c ON c.day = s.from_day
LEFT JOIN working_day AS overdue ON overdue.number = c.wd + t.value + 1
