-- code: A-808
-- severity: error
-- title: In care beyond the eighteenth birthday
-- message: A child looked after beyond 18 is accommodated under section 20(5), which is V2, in a
--     community home, which is K2.
-- reading: As rule 359 of SSDA903. A child without an end is in care to the last day of the lists.
--     A status or placement that is not given shows nothing.
-- module: List 8
-- fields: care_episode.end_date, care_episode.legal_status, care_episode.placement,
--     child.birth_date
-- points: care_episode.end_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, CAST(t.end_date AS VARCHAR) AS value
FROM care_episode AS t
JOIN child AS c ON c.file = t.file AND c.sheet = t.sheet AND c.line = t.line
WHERE NOT COALESCE(t.legal_status = 'V2' AND t.placement = 'K2', FALSE)
    AND CAST(c.birth_date + INTERVAL 18 YEAR AS DATE) < COALESCE(t.end_date, t.return_end)
