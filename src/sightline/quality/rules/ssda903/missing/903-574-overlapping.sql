-- code: 903-574
-- severity: error
-- title: Missing episodes overlap
-- message: The missing episode starts before an earlier one of the child has ended, or while it is
--     open.
-- reading: The later of two is named, whichever kind it is. One may start on the day another ends.
-- module: Missing
-- official: A new missing/away from placement without authorisation period cannot start when the
--     previous missing/away from placement without authorisation period is still open. Missing/away
--     from placement without authorisation periods should also not overlap.
-- fields: missing_episode.start_date, missing_episode.end_date
-- points: missing_episode.start_date
-- source: DfE SSDA903 validation rules 2026/27, rule 574
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM (
    SELECT
        t.*,
        MAX(COALESCE(t.end_date, DATE '9999-12-31')) OVER (
            PARTITION BY t.child_id
            ORDER BY t.start_date, t.line
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS away_until
    FROM missing_episode AS t
) AS in_order
WHERE start_date < away_until
