-- code: A-005
-- severity: query
-- title: Stated age does not fit the date of birth
-- message: The child was not of the stated age on any day of the window; one of age and date of
--     birth is wrong.
-- reading: In whole years or with decimals. Any age the child had from the first day of the window
--     to the last is right, as an age may be that of the event, and a day either way is let pass.
-- fields: child.birth_date, child.stated_age
-- points: child.stated_age
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT c.child_id, c.file, c.sheet, c.line, CAST(c.stated_age AS VARCHAR) AS value
FROM child AS c
CROSS JOIN return_period AS r
WHERE c.birth_date <= r.period_end
    AND (
        c.stated_age * 365.25 > DATE_DIFF('day', c.birth_date, r.period_end) + 1
        OR (c.stated_age + 1) * 365.25 < DATE_DIFF('day', c.birth_date, r.period_start) - 1
    )
