-- code: 8650
-- severity: error
-- title: Primary need is not one of the codes
-- message: Give a primary need of the code set of the year.
-- reading: What is left out is not wrong here. N9, cases other than children in need, and N0, not
--     stated, are codes. Words that can only mean one code are read as it.
-- module: CINdetails
-- official: Primary Need Code invalid (see Primary Need table in CIN census code set)
-- fields: referral.primary_need
-- points: referral.primary_need
-- source: DfE CIN census validation rules 2025/26, rule 8650
SELECT r.child_id, r.file, r.sheet, r.line, r.primary_need AS value
FROM referral AS r
WHERE r.primary_need IS NOT NULL
    AND NOT EXISTS (
        SELECT *
        FROM code_list AS l
        WHERE l.list = 'primary_need' AND l.code = r.primary_need
    )
