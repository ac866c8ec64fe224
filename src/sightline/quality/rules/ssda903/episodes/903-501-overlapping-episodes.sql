-- code: 903-501
-- severity: error
-- title: Episode starts before the one before has ended
-- message: The episode starts before an earlier episode of the child in the same kind of return has
--     ended.
-- reading: The later of two episodes is named, and every earlier one is looked at, not only the
--     last. One that is open has not ended: rule 142 is about it. Annex A holds placements and
--     SSDA903 episodes, so they are not held against each other.
-- module: Episodes
-- official: A new episode has started before the end date of the previous episode.
-- records: annex_a, ssd, dfe_api
-- fields: care_episode.start_date, care_episode.end_date
-- points: care_episode.start_date
-- source: DfE SSDA903 validation rules 2026/27, rule 501
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM (
    SELECT
        e.*,
        MAX(e.end_date) OVER (
            PARTITION BY e.child_id, e.source
            ORDER BY e.start_date, e.end_date NULLS LAST
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS busy_until
    FROM care_episode AS e
) AS in_order
WHERE start_date < busy_until
