-- code: A-502
-- severity: query
-- title: Enquiry without an open case
-- message: List 6 shows no case of the child that was open when the enquiry started.
-- reading: What list 6 does not say of a case is taken as fitting.
-- module: List 5
-- fields: section_47.start_date, referral.referral_date, referral.closure_date,
--     referral.case_status
-- points: section_47.start_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, CAST(t.start_date AS VARCHAR) AS value
FROM section_47 AS t
WHERE NOT EXISTS (
    SELECT *
    FROM child AS c
    JOIN file_part AS p ON p.file = c.file AND p.sheet = c.sheet
    LEFT JOIN referral AS r ON r.file = c.file AND r.sheet = c.sheet AND r.line = c.line
    WHERE p.part = '6'
        AND c.child_id = t.child_id
        AND COALESCE(r.referral_date, t.start_date) <= t.start_date
        AND COALESCE(r.closure_date, t.start_date) >= t.start_date
)
