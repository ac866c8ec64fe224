-- code: LA-08
-- version: 1
-- title: Children who take part in their review
-- area: Looked-after children
-- measure: share
-- unit: percent
-- better: higher
-- by: district
-- fields: care_review.review_date, care_review.participation
-- definition: Of reviews in the period of children aged 4 and over, those in which the child took
--     part (PN1, PN2, PN3, PN5, PN6).
-- note: Attending without contributing (PN4) is counted as not taking part: a Sightline reading.
--     The code for a child under 4 (PN0) is not an answer for one known to be older.
-- source: SSDA903 Reviews REVIEW_CODE
SELECT
    r.child_id,
    r.review_date AS day,
    CASE
        WHEN r.participation IN ('PN1', 'PN2', 'PN3', 'PN5', 'PN6') THEN TRUE
        WHEN r.participation IN ('PN4', 'PN7') THEN FALSE
    END AS met,
    r.participation,
    r.district
FROM care_review AS r
LEFT JOIN child AS c ON c.child_id = r.child_id
WHERE CASE
    WHEN c.birth_date IS NULL THEN COALESCE(r.participation, '') <> 'PN0'
    ELSE CAST(c.birth_date + INTERVAL 4 YEAR AS DATE) <= r.review_date
END
