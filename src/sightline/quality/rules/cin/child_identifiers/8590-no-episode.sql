-- code: 8590
-- severity: error
-- title: Child without an episode
-- message: Give the child's episode, or leave the child out of the return.
-- reading: An episode whose referral date is missing or cannot be read is an episode, though no
--     record (rule 8600 names it): it is the child's after whose line it stands. In a file that is
--     all on one line that cannot be told, and such a child is named here as well.
-- module: ChildIdentifiers
-- official: Child does not have a recorded CIN episode.
-- fields: child.child_id, referral.referral_date
-- points: child.child_id
-- source: DfE CIN census validation rules 2025/26, rule 8590
SELECT c.child_id, c.file, c.sheet, c.line, c.child_id AS value
FROM (
    SELECT child.*, LEAD(line) OVER (PARTITION BY file ORDER BY line) AS next_line
    FROM child
) AS c
WHERE NOT EXISTS (SELECT * FROM referral AS r WHERE r.child_id = c.child_id)
    AND NOT EXISTS (
        SELECT *
        FROM finding AS f
        WHERE f.code = 'row-without-key'
            AND f.column_name = 'referral_date'
            AND f.file_key = c.file
            AND f.line >= c.line
            AND (c.next_line IS NULL OR f.line < c.next_line)
    )
