-- code: 903-359
-- severity: error
-- title: Looked after beyond the eighteenth birthday
-- message: A child looked after beyond 18 is accommodated under section 20(5), which is V2, in a
--     community home, which is K2.
-- reading: An open episode lasts to the last day of the return. An episode may end on the birthday
--     itself. A legal status or placement that is not given shows nothing.
-- module: Episodes
-- official: Child being looked after following 18th birthday must be accommodated under section
--     20(5) of the Children Act 1989 in a community home.
-- fields: care_episode.end_date, care_episode.legal_status, care_episode.placement,
--     child.birth_date
-- points: care_episode.end_date
-- source: DfE SSDA903 validation rules 2026/27, rule 359
SELECT e.child_id, e.file, e.sheet, e.line, CAST(e.end_date AS VARCHAR) AS value
FROM care_episode AS e
WHERE NOT COALESCE(e.legal_status = 'V2' AND e.placement = 'K2', FALSE)
    AND EXISTS (
        SELECT *
        FROM child AS c
        WHERE c.child_id = e.child_id
            AND CAST(c.birth_date + INTERVAL 18 YEAR AS DATE)
            < COALESCE(e.end_date, e.return_end)
    )
