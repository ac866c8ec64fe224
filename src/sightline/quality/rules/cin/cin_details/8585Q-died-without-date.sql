-- code: 8585Q
-- severity: query
-- title: Closed because the child died, without a date of death
-- message: Give the date of death, or mend the reason for closure.
-- reading: A date of death that cannot be read is as none.
-- module: CINdetails
-- official: Please check and either amend or provide a reason: CIN episode shows Died as the
--     Closure Reason, however child has no recorded Date of Death
-- fields: referral.closure_reason, child.death_date
-- points: child.death_date, referral.closure_reason
-- source: DfE CIN census validation rules 2025/26, rule 8585Q
SELECT c.child_id, c.file, c.sheet, c.line, CAST(c.death_date AS VARCHAR) AS value,
    'child.death_date' AS points
FROM child AS c
WHERE c.death_date IS NULL
    AND EXISTS (
        SELECT *
        FROM referral AS r
        WHERE r.child_id = c.child_id AND r.closure_reason = 'RC2'
    )
UNION ALL
SELECT r.child_id, r.file, r.sheet, r.line, r.closure_reason, 'referral.closure_reason'
FROM referral AS r
WHERE r.closure_reason = 'RC2'
    AND EXISTS (
        SELECT *
        FROM child AS c
        WHERE c.child_id = r.child_id AND c.death_date IS NULL
    )
