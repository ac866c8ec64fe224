-- code: 8842Q
-- severity: query
-- title: Review without a date
-- message: Give the date of the review, or take the review away.
-- reading: Such a review is no record. One whose date cannot be read is named too, and so is each
--     group of reviews that has none in it.
-- module: Reviews
-- official: Please check and either amend or provide a reason: Review Record has a missing date
-- fields: cp_review.review_date
-- points: cp_review.review_date
-- source: DfE CIN census validation rules 2025/26, rule 8842Q
SELECT
    child_id,
    file_key AS file,
    CAST(NULL AS VARCHAR) AS sheet,
    line,
    value
FROM finding
WHERE code = 'row-without-key' AND table_name = 'cp_review' AND column_name <> 'child_id'
