-- code: 8640
-- severity: error
-- title: Reason for closure is not one of the codes
-- message: Give a reason for closure of the code set of the year.
-- reading: What is left out is not wrong here. A code of another year is not right: RC9 is one from
--     the census of 2023. Words that can only mean one code are read as it.
-- module: CINdetails
-- official: CIN Reason for closure code invalid (see Reason for Closure table in CIN Census code
--     set)
-- fields: referral.closure_reason
-- points: referral.closure_reason
-- source: DfE CIN census validation rules 2025/26, rule 8640
SELECT r.child_id, r.file, r.sheet, r.line, r.closure_reason AS value
FROM referral AS r
WHERE r.closure_reason IS NOT NULL
    AND NOT EXISTS (
        SELECT *
        FROM code_list AS l
        WHERE l.list = 'closure_reason' AND l.code = r.closure_reason
    )
