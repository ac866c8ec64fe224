-- code: 8868
-- severity: error
-- title: Closed with a section 47 enquiry not completed
-- message: Give the date of the initial conference, or say that none was required, or take out the
--     closure.
-- reading: Every enquiry of the episode must show one or the other; a flag left out shows nothing.
--     A conference recorded with the episode itself, as for a child who transfers in, completes no
--     enquiry. Where a child has two episodes from one day, it is not known which of them an
--     enquiry belongs to; then the rule speaks only if both are closed.
-- module: CINdetails
-- official: CIN episode is shown as closed, however Section 47 enquiry is not shown as completed by
--     ICPC date or ICPC not required flag
-- fields: referral.referral_date, referral.closure_date, section_47.referral_date,
--     section_47.conference_date, section_47.conference_not_required
-- points: section_47.conference_date, referral.closure_date
-- source: DfE CIN census validation rules 2025/26, rule 8868
WITH closed AS (
    SELECT child_id, referral_date
    FROM referral
    GROUP BY child_id, referral_date
    HAVING COUNT(closure_date) = COUNT(*)
)
SELECT s.child_id, s.file, s.sheet, s.line, CAST(s.conference_date AS VARCHAR) AS value,
    'section_47.conference_date' AS points
FROM section_47 AS s
JOIN closed AS e ON e.child_id = s.child_id AND e.referral_date = s.referral_date
WHERE s.conference_date IS NULL AND s.conference_not_required IS NOT TRUE
UNION ALL
SELECT r.child_id, r.file, r.sheet, r.line, CAST(r.closure_date AS VARCHAR),
    'referral.closure_date'
FROM referral AS r
JOIN closed AS e ON e.child_id = r.child_id AND e.referral_date = r.referral_date
WHERE EXISTS (
    SELECT *
    FROM section_47 AS s
    WHERE s.child_id = r.child_id
        AND s.referral_date = r.referral_date
        AND s.conference_date IS NULL
        AND s.conference_not_required IS NOT TRUE
)
