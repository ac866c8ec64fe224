-- code: 8569Q
-- severity: query
-- title: No further action on a referral from before the year
-- message: Take the referral out, as it belongs to an earlier return, or mend its date or the
--     answer.
-- reading: The decision that there is no further action is due within one working day, so a
--     referral on the last working day before the year, or on a day off after it, belongs to the
--     year; one before that day does not.
-- module: CINdetails
-- official: A case with referral date before one working day prior to the collection start date
--     must not be flagged as a no further action case
-- fields: referral.referral_date, referral.no_further_action
-- points: referral.no_further_action
-- source: DfE CIN census validation rules 2025/26, rule 8569Q
SELECT r.child_id, r.file, r.sheet, r.line, CAST(r.no_further_action AS VARCHAR) AS value
FROM referral AS r
WHERE r.no_further_action IS TRUE
    AND r.referral_date < (
        SELECT MAX(w.day)
        FROM working_day AS w
        JOIN return_period AS p ON w.day < p.period_start
    )
