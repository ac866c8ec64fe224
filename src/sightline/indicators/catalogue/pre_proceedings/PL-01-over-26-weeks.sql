-- code: PL-01
-- part: over 26 weeks
-- version: 1
-- title: Children in pre-proceedings for over 26 weeks
-- area: Pre-proceedings
-- measure: stock
-- unit: children
-- better: lower
-- by: district, team
-- fields: pre_proceedings.start_date, pre_proceedings.decision_date
-- definition: Children in pre-proceedings on the day which began more than 26 weeks before it.
-- source: Standard Safeguarding Dataset ssd_pre_proceedings; CIN census PreProceedingsandFGDM
SELECT
    child_id,
    CAST(start_date + INTERVAL 183 DAY AS DATE) AS opens,
    COALESCE(decision_date, court_date) AS closes,
    start_date,
    letter_date,
    district,
    team
FROM pre_proceedings
WHERE start_date IS NOT NULL
