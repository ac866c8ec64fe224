-- code: AS-03
-- version: 1
-- title: Child seen in the assessment
-- area: Assessment
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, worker
-- fields: assessment.authorisation_date, assessment.child_seen
-- definition: Of assessments authorised in the period, those in which the child was seen.
--     Children not yet born when it was authorised are left out.
-- source: Annex A list 4; Standard Safeguarding Dataset cina_assessment_child_seen
SELECT
    a.child_id,
    a.authorisation_date AS day,
    a.child_seen AS met,
    a.start_date,
    a.district,
    a.team,
    a.worker
FROM assessment AS a
LEFT JOIN child AS c ON c.child_id = a.child_id
WHERE a.authorisation_date IS NOT NULL
    AND NOT COALESCE(a.authorisation_date < COALESCE(c.birth_date, c.expected_birth_date), FALSE)
