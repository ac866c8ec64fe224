-- code: PL-01
-- part: weeks
-- version: 1
-- title: Weeks in pre-proceedings
-- area: Pre-proceedings
-- measure: stock median
-- unit: weeks
-- better: lower
-- by: district, team
-- fields: pre_proceedings.start_date, pre_proceedings.decision_date
-- definition: Median weeks since pre-proceedings began, of children in them on the day.
-- source: Standard Safeguarding Dataset ssd_pre_proceedings; CIN census PreProceedingsandFGDM
SELECT
    child_id,
    start_date AS opens,
    COALESCE(decision_date, court_date) AS closes,
    start_date AS since,
    letter_date,
    district,
    team
FROM pre_proceedings
WHERE start_date IS NOT NULL
