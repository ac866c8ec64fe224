-- code: 903-581
-- severity: error
-- title: Missing before being looked after
-- message: The missing episode starts before the child started to be looked after.
-- reading: The first episode of the return is what is looked at; a child without any episode is not
--     judged.
-- module: Missing
-- official: Child is missing but has not yet started to be looked after.
-- fields: missing_episode.start_date, care_episode.start_date
-- points: missing_episode.start_date
-- source: DfE SSDA903 validation rules 2026/27, rule 581
SELECT t.child_id, t.file, t.sheet, t.line, CAST(t.start_date AS VARCHAR) AS value
FROM missing_episode AS t
WHERE EXISTS (SELECT * FROM care_episode AS e WHERE e.child_id = t.child_id)
    AND NOT EXISTS (
        SELECT *
        FROM care_episode AS e
        WHERE e.child_id = t.child_id AND e.start_date <= t.start_date
    )
