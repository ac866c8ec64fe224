-- code: MI-01
-- part: episodes
-- version: 1
-- title: Missing episodes
-- area: Missing
-- measure: count
-- unit: episodes
-- better: neutral
-- by: district, team, place
-- fields: missing_episode.start_date
-- definition: Missing episodes started in the period.
-- note: Being away without authorisation is not missing. Home and care are told apart by what
--     casework says, else by whether the child was looked after that day.
-- source: Standard Safeguarding Dataset ssd_missing; SSDA903 Missing
SELECT
    m.child_id,
    m.start_date AS day,
    m.end_date,
    COALESCE(
        m.missing_from, CASE WHEN p.child_id IS NULL THEN 'Home' ELSE 'Care' END
    ) AS place,
    m.district,
    m.team
FROM missing_episode AS m
LEFT JOIN care_period AS p
    ON p.child_id = m.child_id
    AND p.entered <= m.start_date
    AND (p.ceased IS NULL OR m.start_date < p.ceased)
WHERE COALESCE(m.missing_kind, 'M') <> 'A'
