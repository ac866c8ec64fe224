-- code: 903-142
-- severity: error
-- title: Episode not ended though another follows
-- message: A later episode of the child has started, so give this one its end and the reason.
-- reading: Every open episode before the last is named. Annex A gives no end to a placement that
--     another one followed, so it is not judged.
-- module: Episodes
-- official: A new episode has started, but the previous episode has not ended.
-- records: ssd, dfe_api
-- fields: care_episode.start_date, care_episode.end_date
-- points: care_episode.end_date
-- source: DfE SSDA903 validation rules 2026/27, rule 142
SELECT e.child_id, e.file, e.sheet, e.line, CAST(e.end_date AS VARCHAR) AS value
FROM care_episode AS e
WHERE e.end_date IS NULL
    AND EXISTS (
        SELECT *
        FROM care_episode AS later
        WHERE later.child_id = e.child_id
            AND later.source = e.source
            AND later.start_date > e.start_date
    )
