-- code: 903-1011
-- severity: error
-- title: Care leaver whose care another authority took over
-- message: The last episode ended with another authority taking over the care, so nothing is asked
--     of the care leaver.
-- reading: The last episode is the last of the return.
-- module: OC3
-- official: This child is recorded as having his/her care transferred to another local authority
--     for the final episode and therefore should not have the care leaver information completed.
-- fields: care_leaver.child_id, care_episode.end_reason, care_episode.start_date
-- points: care_leaver.child_id
-- source: DfE SSDA903 validation rules 2026/27, rule 1011
SELECT t.child_id, t.file, t.sheet, t.line, t.child_id AS value
FROM care_leaver AS t
WHERE EXISTS (
    SELECT *
    FROM care_episode AS e
    WHERE e.child_id = t.child_id
        AND e.end_reason = 'E3'
        AND NOT EXISTS (
            SELECT *
            FROM care_episode AS later
            WHERE later.child_id = e.child_id AND later.start_date > e.start_date
        )
)
