-- code: 8841
-- severity: error
-- title: Review on or before the start of the plan
-- message: The review is dated on or before the start of the plan it reviews, and is left out of
--     timeliness.
-- reading: Every review of the plan is looked at, not the first alone.
-- module: ChildProtectionPlans
-- official: The review date cannot be on the same day or before the Child protection Plan start
--     date.
-- records: annex_a, ssda903, ssd, dfe_api
-- fields: cp_review.review_date, cp_review.plan_start
-- points: cp_review.review_date
-- source: DfE CIN census validation rules 2025/26, rule 8841
SELECT child_id, file, sheet, line, CAST(review_date AS VARCHAR) AS value
FROM cp_review
WHERE review_date <= plan_start
