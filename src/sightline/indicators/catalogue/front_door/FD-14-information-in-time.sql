-- code: FD-14
-- version: 1
-- title: Information replied in time
-- area: Front door
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, agency
-- fields: information_request.due_date, information_request.due_at, information_request.replied_at
-- definition: Of requests for information due in the period, those an agency answered by the time
--     set on the request.
-- note: A request counts once, however many children it is about; the first of them stands for it.
--     No reply by the time due counts as not met, and so does an answer that refuses to say (a
--     Sightline reading). One that is not due yet is not known.
-- source: INDICATORS FD-14; rule INFO; Sightline's own casework
SELECT
    child_id,
    due_date AS day,
    CASE
        WHEN refused THEN FALSE
        WHEN replied_at <= due_at THEN TRUE
        WHEN due_at < as_at THEN FALSE
    END AS met,
    refused,
    contact_id,
    district,
    team,
    agency
FROM (
    SELECT
        q.*,
        ROW_NUMBER() OVER (PARTITION BY q.request_id ORDER BY q.child_id) AS place
    FROM information_request AS q
) AS r
WHERE place = 1
