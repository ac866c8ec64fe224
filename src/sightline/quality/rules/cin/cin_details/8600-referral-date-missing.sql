-- code: 8600
-- severity: error
-- title: Referral date is missing or after the year
-- message: Give the date of the referral, on or before the last day of the return.
-- reading: A date that cannot be read is as none. An episode without its date gives no record, and
--     is found by its line. An open episode may have begun in any earlier year.
-- module: CINdetails
-- official: Child referral date missing or after data collection period
-- fields: referral.referral_date
-- points: referral.referral_date
-- source: DfE CIN census validation rules 2025/26, rule 8600
SELECT r.child_id, r.file, r.sheet, r.line, CAST(r.referral_date AS VARCHAR) AS value
FROM referral AS r
JOIN return_period AS p ON p.period_end < r.referral_date
UNION ALL
SELECT child_id, file_key, NULL, line, value
FROM finding
WHERE code = 'row-without-key' AND table_name = 'referral' AND column_name = 'referral_date'
