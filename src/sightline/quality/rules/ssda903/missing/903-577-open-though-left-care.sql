-- code: 903-577
-- severity: error
-- title: Missing episode open though the child has left care
-- message: The child has ceased to be looked after, so give the missing episode its end.
-- reading: A child has ceased to be looked after all of whose episodes have ended.
-- module: Missing
-- official: Child ceased to be looked after but there is a missing/away from placement without
--     authorisation period without an end date.
-- fields: missing_episode.end_date, care_episode.end_date
-- points: missing_episode.end_date
-- source: DfE SSDA903 validation rules 2026/27, rule 577
SELECT t.child_id, t.file, t.sheet, t.line, CAST(t.end_date AS VARCHAR) AS value
FROM missing_episode AS t
WHERE t.end_date IS NULL
    AND EXISTS (SELECT * FROM care_episode AS e WHERE e.child_id = t.child_id)
    AND NOT EXISTS (
        SELECT *
        FROM care_episode AS e
        WHERE e.child_id = t.child_id AND e.end_date IS NULL
    )
