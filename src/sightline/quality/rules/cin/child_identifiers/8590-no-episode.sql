-- code: 8590
-- severity: error
-- title: Child without an episode
-- message: Give the child's episode, or leave the child out of the return.
-- reading: An episode whose referral date is missing or cannot be read is an episode, though no
--     record: rule 8600 names it.
-- module: ChildIdentifiers
-- official: Child does not have a recorded CIN episode.
-- fields: child.child_id
-- points: child.child_id
-- source: DfE CIN census validation rules 2025/26, rule 8590
SELECT c.child_id, c.file, c.sheet, c.line, c.child_id AS value
FROM child AS c
WHERE NOT EXISTS (SELECT * FROM referral AS r WHERE r.child_id = c.child_id)
    AND NOT EXISTS (
        SELECT *
        FROM finding AS f
        WHERE f.table_name = 'referral' AND f.child_id = c.child_id
    )
