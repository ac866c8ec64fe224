-- code: 903-331
-- severity: error
-- title: Matched after being placed for adoption
-- message: The child was matched after the last placement for adoption began.
-- reading: The last episode placed for adoption is looked at, so that an earlier one that failed
--     does not count.
-- module: AD1
-- official: Date of matching child and adopter(s) should be the same as, or prior to, the date of
--     placement of adoption.
-- fields: adoption.matched_date, care_episode.start_date, care_episode.placement
-- points: adoption.matched_date
-- source: DfE SSDA903 validation rules 2026/27, rule 331
SELECT t.child_id, t.file, t.sheet, t.line, CAST(t.matched_date AS VARCHAR) AS value
FROM adoption AS t
JOIN (
    SELECT e.child_id, MAX(e.start_date) AS placed
    FROM care_episode AS e
    WHERE e.placement IN ('A3', 'A4', 'A5', 'A6')
    GROUP BY e.child_id
) AS p ON p.child_id = t.child_id
WHERE t.matched_date > p.placed
