-- code: 903-357
-- severity: error
-- title: First episode is not a start
-- message: No episode of the child comes before this one, so the reason is S; or an episode has
--     been left out.
-- reading: A return holds every episode of its year, so the first that starts within the year has
--     another before it unless it starts care. The first ever of a child is not known from one
--     return.
-- module: Episodes
-- official: If this is the first episode ever for this child, reason for new episode must be S.
--     Check whether there is an episode immediately preceding this one, which has been left out. If
--     not the reason for new episode code must be amended to S.
-- fields: care_episode.start_date, care_episode.start_reason
-- points: care_episode.start_reason
-- source: DfE SSDA903 validation rules 2026/27, rule 357
SELECT e.child_id, e.file, e.sheet, e.line, e.start_reason AS value
FROM care_episode AS e
CROSS JOIN return_period AS r
WHERE e.start_reason <> 'S'
    AND e.start_date >= r.period_start
    AND NOT EXISTS (
        SELECT *
        FROM care_episode AS earlier
        WHERE earlier.child_id = e.child_id AND earlier.start_date < e.start_date
    )
