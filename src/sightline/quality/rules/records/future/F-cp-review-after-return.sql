-- code: F-cp-review
-- severity: query
-- title: Review of a child protection plan after the return ends
-- message: The date is after the last day the return covers, so it may be a slip of the pen.
-- fields: cp_review.review_date
-- points: cp_review.review_date
-- source: Sightline
SELECT child_id, file, sheet, line, CAST(review_date AS VARCHAR) AS value
FROM cp_review
WHERE review_date > return_end
