-- code: A-903
-- severity: error
-- title: Left care and in care
-- message: List 9 says that the young person has left care, and list 8 has them as still in care.
-- reading: Relevant, former relevant and qualifying young people have left care; an eligible child
--     is still in it.
-- module: List 9
-- fields: care_leaver.eligibility, care_episode.end_date
-- points: care_leaver.eligibility
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, t.eligibility AS value
FROM care_leaver AS t
JOIN care_episode AS e ON e.child_id = t.child_id
WHERE t.eligibility IN ('RELEVANT', 'FORMER_RELEVANT', 'QUALIFYING') AND e.end_date IS NULL
