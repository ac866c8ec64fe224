-- code: A-809
-- severity: query
-- title: Review before care
-- message: The latest review is dated before the child started to be looked after, and no earlier
--     period of care is stated.
-- module: List 8
-- fields: care_review.review_date, care_episode.entered_care_date, care_episode.second_period
-- points: care_review.review_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, CAST(t.review_date AS VARCHAR) AS value
FROM care_review AS t
JOIN care_episode AS e ON e.file = t.file AND e.sheet = t.sheet AND e.line = t.line
WHERE t.review_date < e.entered_care_date AND e.second_period IS NOT TRUE
