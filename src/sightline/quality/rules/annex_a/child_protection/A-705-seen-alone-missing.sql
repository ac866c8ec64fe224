-- code: A-705
-- severity: query
-- title: Seen alone or not is missing
-- message: The list gives the last visit and does not say whether the child was seen alone.
-- module: List 7
-- fields: visit.visit_date, visit.seen_alone, cp_plan.child_id
-- points: visit.seen_alone
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, CAST(t.seen_alone AS VARCHAR) AS value
FROM visit AS t
JOIN cp_plan AS p ON p.file = t.file AND p.sheet = t.sheet AND p.line = t.line
WHERE t.seen_alone IS NULL
