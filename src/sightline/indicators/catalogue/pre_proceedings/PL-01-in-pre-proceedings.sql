-- code: PL-01
-- part: number
-- version: 1
-- title: Children in pre-proceedings
-- area: Pre-proceedings
-- measure: stock
-- unit: children
-- better: neutral
-- by: district, team
-- fields: pre_proceedings.start_date, pre_proceedings.decision_date
-- definition: Children whose pre-proceedings have begun on or before the day and have not ended
--     by it.
-- source: Standard Safeguarding Dataset ssd_pre_proceedings; CIN census PreProceedingsandFGDM
SELECT
    child_id,
    start_date AS opens,
    COALESCE(decision_date, court_date) AS closes,
    letter_date,
    district,
    team
FROM pre_proceedings
WHERE start_date IS NOT NULL
