-- code: 8866
-- severity: error
-- title: Source of referral is missing or not one of the codes
-- message: Give the source of the referral by the code set of the year.
-- reading: The code 10, unknown, is one. 1X, 3X and 5X stand here for the wider groups of Annex A,
--     which the census does not know. A code of another year is not right: 5D is one from the
--     census of 2023.
-- module: CINdetails
-- official: Source of Referral is missing or an invalid code
-- fields: referral.referral_source
-- points: referral.referral_source
-- source: DfE CIN census validation rules 2025/26, rule 8866
SELECT r.child_id, r.file, r.sheet, r.line, r.referral_source AS value
FROM referral AS r
WHERE NOT EXISTS (
    SELECT *
    FROM code_list AS l
    WHERE l.list = 'referral_source'
        AND l.code = r.referral_source
        AND l.code NOT IN ('1X', '3X', '5X')
)
