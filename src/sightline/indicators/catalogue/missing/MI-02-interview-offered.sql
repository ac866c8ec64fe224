-- code: MI-02
-- part: offered
-- version: 1
-- title: Return interview offered
-- area: Missing
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team
-- fields: missing_episode.end_date, missing_episode.interview_offered
-- definition: Of missing episodes ended in the period, those after which a return interview was
--     offered.
-- note: An episode that ended without a return, as where the child turned 18, has no interview on
--     the return and is left out: a Sightline reading. Only casework tells of such.
-- source: Standard Safeguarding Dataset miss_missing_rhi_offered; rule RHI-72
SELECT
    m.child_id,
    m.end_date AS day,
    m.interview_offered AS met,
    m.start_date,
    m.district,
    m.team
FROM missing_episode AS m
WHERE
    m.end_date IS NOT NULL
    AND COALESCE(m.missing_kind, 'M') <> 'A'
    AND (m.as_at IS NULL OR m.returned_at IS NOT NULL)
