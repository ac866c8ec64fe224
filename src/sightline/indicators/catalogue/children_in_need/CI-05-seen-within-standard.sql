-- code: CI-05
-- version: 1
-- title: Children in need seen within the standard
-- area: Children in need
-- measure: stock share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: referral.referral_date, referral.closure_date, visit.visit_date, visit.seen
-- definition: Of children in need on the day (CI-01), those last seen within the local standard
--     (20 working days by default) of the day.
-- note: A case open for less than the standard and not yet seen is not in the denominator until
--     the standard has passed; CI-06 lists it. The standard is the one in force on the day. A
--     visit counts when the child is known to have been seen, by a worker of any pathway.
-- source: Annex A list 6, Date Child Was Last Seen; Standard Safeguarding Dataset
--     ssd_cin_visits; local standard child-in-need-visit
SELECT
    s.child_id,
    -- The calendar begins in 1990: a time before it is long ago on every day of it.
    GREATEST(
        t.valid_from,
        CASE WHEN s.last_seen IS NULL THEN COALESCE(overdue.day, s.from_day) ELSE s.from_day END
    ) AS opens,
    NULLIF(LEAST(s.until, t.valid_until), DATE '9999-12-31') AS closes,
    s.last_seen AS met_from,
    COALESCE(overdue.day, s.from_day) AS met_until,
    TRUE AS known,
    s.referral_date,
    s.last_seen,
    s.district,
    s.team,
    s.worker
FROM seen_stretch AS s
JOIN standard AS t ON t.name = 'child-in-need-visit'
LEFT JOIN calendar AS c ON c.day = s.from_day
LEFT JOIN working_day AS overdue ON overdue.number = c.wd + t.value + 1
