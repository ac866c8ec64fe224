-- code: MI-03
-- part: accepted
-- version: 1
-- title: Accepted return interviews completed within 72 hours
-- area: Missing
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team
-- fields: missing_episode.end_date, missing_episode.returned_at, missing_episode.interview_at,
--     missing_episode.interview_accepted
-- definition: Of missing episodes ended in the period after which a return interview was accepted,
--     those whose interview was completed within 72 hours of the return.
-- note: By hours of the clock. Until 72 hours are over, an interview not done is not known. An
--     episode that ended without a return, as where the child turned 18, is left out: a Sightline
--     reading.
-- source: INDICATORS MI-03; rule RHI-72; Sightline's own casework
SELECT
    child_id,
    end_date AS day,
    CASE
        WHEN interview_at <= returned_at + INTERVAL 72 HOUR THEN TRUE
        WHEN returned_at + INTERVAL 72 HOUR < as_at THEN FALSE
    END AS met,
    start_date,
    district,
    team
FROM missing_episode
WHERE
    COALESCE(missing_kind, 'M') <> 'A'
    AND (as_at IS NULL OR returned_at IS NOT NULL)
    AND interview_accepted
