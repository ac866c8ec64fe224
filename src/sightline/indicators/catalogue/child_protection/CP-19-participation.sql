-- code: CP-19
-- version: 1
-- title: Children who take part in their review conference
-- area: Child protection
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team
-- fields: cp_review.review_date, cp_review.participation
-- definition: Of review conferences in the period, those in which the child or an advocate took
--     part (PN1, PN2, PN3, PN5, PN6). Children under four (PN0) are left out.
-- note: The source records participation at reviews, not at initial conferences. Attending
--     without contributing (PN4) is counted as not taking part: a Sightline reading.
-- source: Standard Safeguarding Dataset cppr_cp_review_participation
SELECT
    child_id,
    review_date AS day,
    CASE
        WHEN participation IN ('PN1', 'PN2', 'PN3', 'PN5', 'PN6') THEN TRUE
        WHEN participation IN ('PN4', 'PN7') THEN FALSE
    END AS met,
    participation,
    district,
    team
FROM cp_review
WHERE COALESCE(participation, '') <> 'PN0'
