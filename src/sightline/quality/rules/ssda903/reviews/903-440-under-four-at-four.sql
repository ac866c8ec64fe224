-- code: 903-440
-- severity: error
-- title: Said to be under 4 at the review at 4 or over
-- message: The code says the child was under 4, but the child was 4 or over on the day of the
--     review.
-- reading: The birth date of the row itself counts.
-- module: Reviews
-- official: Participation method indicates child was under 4 years old at the time of the review,
--     but date of birth and review date indicates the child was 4 years old or over.
-- fields: care_review.review_date, care_review.participation, child.birth_date
-- points: care_review.participation
-- source: DfE SSDA903 validation rules 2026/27, rule 440
SELECT t.child_id, t.file, t.sheet, t.line, t.participation AS value
FROM care_review AS t
JOIN child AS c ON c.file = t.file AND c.sheet = t.sheet AND c.line = t.line
WHERE t.participation = 'PN0'
    AND CAST(c.birth_date + INTERVAL 4 YEAR AS DATE) <= t.review_date
