-- code: 903-441
-- severity: error
-- title: Said to be 4 or over at the review under 4
-- message: The code says how a child of 4 or over took part, but the child was under 4 on the day
--     of the review.
-- reading: The birth date of the row itself counts. A code that the list does not have says nothing
--     of an age.
-- module: Reviews
-- official: Participation method indicates child was 4 years old or over at the time of the review,
--     but the date of birth and review date indicates the child was under 4 years old.
-- fields: care_review.review_date, care_review.participation, child.birth_date
-- points: care_review.participation
-- source: DfE SSDA903 validation rules 2026/27, rule 441
SELECT t.child_id, t.file, t.sheet, t.line, t.participation AS value
FROM care_review AS t
JOIN child AS c ON c.file = t.file AND c.sheet = t.sheet AND c.line = t.line
WHERE t.participation IN ('PN1', 'PN2', 'PN3', 'PN4', 'PN5', 'PN6', 'PN7')
    AND CAST(c.birth_date + INTERVAL 4 YEAR AS DATE) > t.review_date
