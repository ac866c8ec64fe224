-- code: 8825Q
-- severity: query
-- title: Closed after assessment without an assessment
-- message: Give the assessment after which the episode closed, or mend the reason for closure, or
--     say why it has none.
-- reading: Any assessment of the episode will do, complete or not; one with neither a start nor an
--     end gives no record and is none. One completed before the census year is not in the return:
--     then that is the reason to give. Two episodes of a child from one day are taken as one.
-- module: CINdetails
-- official: Please check and either amend data or provide a reason: Reason for Closure code RC8
--     (case closed after assessment) or RC9 (case closed after assessment, referred to early help)
--     has been returned but there is no assessment present for the episode.
-- fields: referral.referral_date, referral.closure_reason
-- points: referral.closure_reason
-- source: DfE CIN census validation rules 2025/26, rule 8825Q
SELECT r.child_id, r.file, r.sheet, r.line, r.closure_reason AS value
FROM referral AS r
WHERE r.closure_reason IN ('RC8', 'RC9')
    AND NOT EXISTS (
        SELECT *
        FROM assessment AS a
        WHERE a.child_id = r.child_id AND a.referral_date = r.referral_date
    )
