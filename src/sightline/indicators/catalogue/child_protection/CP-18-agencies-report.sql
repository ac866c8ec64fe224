-- code: CP-18
-- part: report
-- version: 1
-- title: Agencies that sent a report to conference
-- area: Child protection
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, agency
-- fields: conference_invitation.conference_date, conference_invitation.report_date
-- definition: Of invitations of an agency to a child's conference, initial or review, that was held
--     in the period, those to which the agency sent a report.
-- note: A report that came after the conference was not sent to it.
-- source: Ofsted Bury 2016, paragraph 131; Sightline's own casework
SELECT
    child_id,
    conference_date AS day,
    COALESCE(report_date <= conference_date, FALSE) AS met,
    district,
    team,
    agency
FROM conference_invitation
