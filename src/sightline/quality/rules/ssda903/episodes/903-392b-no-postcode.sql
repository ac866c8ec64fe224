-- code: 903-392b
-- severity: error
-- title: Postcode of home or placement is missing
-- message: Give the postcodes of the home and of the placement, from which the distance is taken.
-- reading: Of two that are blank, the home is named. Of unaccompanied children, and in a series of
--     short breaks, no distance is asked for; a child whose status ended before the year is known
--     as unaccompanied only where the table UASC says so.
-- module: Episodes
-- official: Child is looked after but no postcodes are recorded. [NOTE: This check may result in
--     false positives for children formerly UASC, particularly if current & prior year UASC data
--     not loaded]
-- fields: care_episode.home_postcode, care_episode.placement_postcode, care_episode.legal_status,
--     child.child_id
-- points: care_episode.home_postcode, care_episode.placement_postcode
-- source: DfE SSDA903 validation rules 2026/27, rule 392b
SELECT
    e.child_id,
    e.file,
    e.sheet,
    e.line,
    CASE
        WHEN e.home_postcode IS NULL THEN 'care_episode.home_postcode'
        ELSE 'care_episode.placement_postcode'
    END AS points,
    CAST(NULL AS VARCHAR) AS value
FROM care_episode AS e
WHERE (e.home_postcode IS NULL OR e.placement_postcode IS NULL)
    AND e.legal_status NOT IN ('V3', 'V4')
    AND NOT EXISTS (SELECT * FROM child AS c WHERE c.child_id = e.child_id AND c.uasc)
