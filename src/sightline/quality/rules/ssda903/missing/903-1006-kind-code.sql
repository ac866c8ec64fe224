-- code: 903-1006
-- severity: error
-- title: Kind of missing episode is blank or not a code
-- message: Say whether the child was missing, which is M, or away from placement without
--     authorisation, which is A.
-- reading: A blank is found here too, of which the collection speaks in rule 565.
-- module: Missing
-- official: Missing type invalid.
-- fields: missing_episode.missing_kind
-- points: missing_episode.missing_kind
-- source: DfE SSDA903 validation rules 2026/27, rule 1006
SELECT t.child_id, t.file, t.sheet, t.line, t.missing_kind AS value
FROM missing_episode AS t
WHERE NOT EXISTS (
    SELECT *
    FROM code_list AS k
    WHERE k.list = 'missing' AND k.code = t.missing_kind
)
