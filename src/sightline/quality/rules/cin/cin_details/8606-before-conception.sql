-- code: 8606
-- severity: error
-- title: Referral more than 40 weeks before birth
-- message: Check the date of the referral and the date of birth or expected birth.
-- reading: Forty weeks are 280 days. An unborn child has the expected date only; where both dates
--     are given, which rule 8525Q asks about, each is compared.
-- module: CINdetails
-- official: Child referral date is more than 40 weeks before DOB or expected DOB
-- fields: referral.referral_date, child.birth_date, child.expected_birth_date
-- points: referral.referral_date, child.birth_date, child.expected_birth_date
-- source: DfE CIN census validation rules 2025/26, rule 8606
SELECT r.child_id, r.file, r.sheet, r.line, CAST(r.referral_date AS VARCHAR) AS value,
    'referral.referral_date' AS points
FROM referral AS r
WHERE EXISTS (
    SELECT *
    FROM child AS c
    WHERE c.child_id = r.child_id
        AND (
            CAST(r.referral_date + INTERVAL 280 DAY AS DATE) < c.birth_date
            OR CAST(r.referral_date + INTERVAL 280 DAY AS DATE) < c.expected_birth_date
        )
)
UNION ALL
SELECT c.child_id, c.file, c.sheet, c.line, CAST(c.birth_date AS VARCHAR), 'child.birth_date'
FROM child AS c
WHERE EXISTS (
    SELECT *
    FROM referral AS r
    WHERE r.child_id = c.child_id
        AND CAST(r.referral_date + INTERVAL 280 DAY AS DATE) < c.birth_date
)
UNION ALL
SELECT c.child_id, c.file, c.sheet, c.line, CAST(c.expected_birth_date AS VARCHAR),
    'child.expected_birth_date'
FROM child AS c
WHERE EXISTS (
    SELECT *
    FROM referral AS r
    WHERE r.child_id = c.child_id
        AND CAST(r.referral_date + INTERVAL 280 DAY AS DATE) < c.expected_birth_date
)
