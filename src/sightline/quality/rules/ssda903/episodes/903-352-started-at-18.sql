-- code: 903-352
-- severity: error
-- title: Started to be looked after at 18 or over
-- message: The child was 18 or over on the day the period of care started.
-- reading: A birth date of any table of the return counts.
-- module: Episodes
-- official: Child who started to be looked after was aged 18 or over.
-- fields: care_episode.start_date, care_episode.start_reason, child.birth_date
-- points: care_episode.start_date
-- source: DfE SSDA903 validation rules 2026/27, rule 352
SELECT e.child_id, e.file, e.sheet, e.line, CAST(e.start_date AS VARCHAR) AS value
FROM care_episode AS e
WHERE e.start_reason = 'S'
    AND EXISTS (
        SELECT *
        FROM child AS c
        WHERE c.child_id = e.child_id
            AND CAST(c.birth_date + INTERVAL 18 YEAR AS DATE) <= e.start_date
    )
