-- code: A-902
-- severity: error
-- title: Age does not fit the eligibility of a care leaver
-- message: Eligible and relevant children are 16 or 17, former relevant ones 18 or over, and
--     qualifying ones 16 or over.
-- reading: At the age on the last day of the lists. Of those of any other eligibility nothing is
--     said.
-- module: List 9
-- fields: care_leaver.eligibility, child.birth_date
-- points: care_leaver.eligibility
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, t.eligibility AS value
FROM care_leaver AS t
JOIN child AS c ON c.file = t.file AND c.sheet = t.sheet AND c.line = t.line
WHERE t.eligibility IN ('ELIGIBLE', 'RELEVANT', 'QUALIFYING')
    AND CAST(c.birth_date + INTERVAL 16 YEAR AS DATE) > t.return_end
    OR t.eligibility IN ('ELIGIBLE', 'RELEVANT')
    AND CAST(c.birth_date + INTERVAL 18 YEAR AS DATE) <= t.return_end
    OR t.eligibility = 'FORMER_RELEVANT'
    AND CAST(c.birth_date + INTERVAL 18 YEAR AS DATE) > t.return_end
