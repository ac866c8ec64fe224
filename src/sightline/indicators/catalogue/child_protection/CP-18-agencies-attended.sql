-- code: CP-18
-- part: attended
-- version: 1
-- title: Agencies at conference
-- area: Child protection
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, agency
-- fields: conference_invitation.conference_date, conference_invitation.attended
-- definition: Of invitations of an agency to a child's conference, initial or review, that was held
--     in the period, those that the agency attended.
-- source: Ofsted Bury 2016, paragraph 131; Sightline's own casework
SELECT
    child_id,
    conference_date AS day,
    attended AS met,
    district,
    team,
    agency
FROM conference_invitation
