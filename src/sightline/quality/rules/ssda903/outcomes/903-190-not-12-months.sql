-- code: 903-190
-- severity: error
-- title: Outcomes of a child not looked after for 12 months
-- message: The episodes show that the child was not looked after for the whole year to 31 March, so
--     leave the outcomes out.
-- reading: A child is looked after for 12 months who has an open episode, did not start in the
--     year, did not leave care in it, and was not in a series of short breaks in it. A row without
--     any item says nothing.
-- module: OC2
-- official: Child has not been looked after continuously for at least 12 months at 31 March but one
--     or more data items relating to children looked after for 12 months have been completed.
-- fields: care_outcome.child_id, care_episode.start_date, care_episode.start_reason,
--     care_episode.end_date, care_episode.end_reason, care_episode.legal_status
-- points: care_outcome.child_id
-- source: DfE SSDA903 validation rules 2026/27, rule 190
SELECT t.child_id, t.file, t.sheet, t.line, t.child_id AS value
FROM care_outcome AS t
CROSS JOIN return_period AS r
WHERE COALESCE(
    t.convicted,
    t.health_check,
    t.immunised,
    t.teeth_checked,
    t.health_assessed,
    t.substance_misuse,
    t.intervention_received,
    t.intervention_offered
) IS NOT NULL
    AND (
        NOT EXISTS (
            SELECT *
            FROM care_episode AS e
            WHERE e.child_id = t.child_id AND e.end_date IS NULL
        )
        OR EXISTS (
            SELECT *
            FROM care_episode AS e
            WHERE e.child_id = t.child_id
                AND (
                    e.start_reason = 'S' AND e.start_date >= r.period_start
                    OR e.end_reason <> 'X1' AND e.end_date >= r.period_start
                    OR e.legal_status IN ('V3', 'V4')
                    AND COALESCE(e.end_date, r.period_end) >= r.period_start
                )
        )
    )
