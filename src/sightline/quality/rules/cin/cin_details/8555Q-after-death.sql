-- code: 8555Q
-- severity: query
-- title: Referral after the date of death
-- message: Check the date of the referral and the date of death.
-- reading: A referral on the day of death is right.
-- module: CINdetails
-- official: Child cannot be referred after its recorded date of death
-- fields: referral.referral_date, child.death_date
-- points: referral.referral_date, child.death_date
-- source: DfE CIN census validation rules 2025/26, rule 8555Q
SELECT r.child_id, r.file, r.sheet, r.line, CAST(r.referral_date AS VARCHAR) AS value,
    'referral.referral_date' AS points
FROM referral AS r
WHERE EXISTS (
    SELECT *
    FROM child AS c
    WHERE c.child_id = r.child_id AND c.death_date < r.referral_date
)
UNION ALL
SELECT c.child_id, c.file, c.sheet, c.line, CAST(c.death_date AS VARCHAR), 'child.death_date'
FROM child AS c
WHERE EXISTS (
    SELECT *
    FROM referral AS r
    WHERE r.child_id = c.child_id AND c.death_date < r.referral_date
)
