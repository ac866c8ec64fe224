-- code: A-503
-- severity: error
-- title: Conference made a plan that list 7 does not have
-- message: The conference resulted in a child protection plan, and the child is not on list 7.
-- reading: Only conferences within the window: a plan made by an earlier one may have ended before
--     it. The day the plan starts is what rule 2885 is about.
-- module: List 5
-- fields: conference.resulted_in_plan, cp_plan.child_id
-- points: conference.resulted_in_plan
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, CAST(t.resulted_in_plan AS VARCHAR) AS value
FROM conference AS t
CROSS JOIN return_period AS r
WHERE t.resulted_in_plan
    AND t.conference_date >= r.period_start
    AND NOT EXISTS (SELECT * FROM cp_plan AS p WHERE p.child_id = t.child_id)
