-- code: 903-167
-- severity: error
-- title: Participation in the review is blank or not a code
-- message: Say how the child took part in the review, by one of the codes PN0 to PN7.
-- module: Reviews
-- official: Data entry for participation is invalid or blank.
-- fields: care_review.participation
-- points: care_review.participation
-- source: DfE SSDA903 validation rules 2026/27, rule 167
SELECT t.child_id, t.file, t.sheet, t.line, t.participation AS value
FROM care_review AS t
WHERE NOT EXISTS (
    SELECT *
    FROM code_list AS k
    WHERE k.list = 'participation' AND k.code = t.participation
)
