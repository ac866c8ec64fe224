-- code: 2991Q
-- severity: query
-- title: Section 47 enquiry without an assessment
-- message: Give the assessment of the episode, or the reason why it has none.
-- reading: Any assessment of the episode will do, complete or not, before the enquiry or after. One
--     completed before the census year is not in the return: then that is the reason to give. Two
--     episodes of a child from one day are taken as one.
-- module: CINdetails
-- official: Please check and either amend data or provide a reason: A Section 47 module is recorded
--     and there is no assessment on the episode
-- fields: section_47.start_date, section_47.referral_date
-- points: section_47.start_date, referral.referral_date
-- source: DfE CIN census validation rules 2025/26, rule 2991Q
SELECT s.child_id, s.file, s.sheet, s.line, CAST(s.start_date AS VARCHAR) AS value,
    'section_47.start_date' AS points
FROM section_47 AS s
WHERE s.referral_date IS NOT NULL
    AND NOT EXISTS (
        SELECT *
        FROM assessment AS a
        WHERE a.child_id = s.child_id AND a.referral_date = s.referral_date
    )
UNION ALL
SELECT r.child_id, r.file, r.sheet, r.line, CAST(r.referral_date AS VARCHAR),
    'referral.referral_date'
FROM referral AS r
WHERE EXISTS (
    SELECT *
    FROM section_47 AS s
    WHERE s.child_id = r.child_id AND s.referral_date = r.referral_date
)
    AND NOT EXISTS (
        SELECT *
        FROM assessment AS a
        WHERE a.child_id = r.child_id AND a.referral_date = r.referral_date
    )
