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
    SELECT
        row_of.*,
        LEAD(lost) OVER (PARTITION BY file ORDER BY line, lost) AS next_is_lost
    FROM (
        SELECT child_id, file, sheet, line, FALSE AS lost
        FROM child
        UNION ALL
        SELECT CAST(NULL AS VARCHAR), file_key, CAST(NULL AS VARCHAR), line, TRUE
        FROM finding
        WHERE code = 'row-without-key' AND column_name = 'referral_date'
    ) AS row_of
) AS c
WHERE NOT c.lost
    AND c.next_is_lost IS NOT TRUE
    AND NOT EXISTS (SELECT * FROM referral AS r WHERE r.child_id = c.child_id)
