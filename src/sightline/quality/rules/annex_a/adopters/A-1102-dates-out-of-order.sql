-- code: A-1102
-- severity: error
-- title: Dates of an adopter out of order
-- message: The step is dated before the one it follows on.
-- reading: The first step of the row that is too early is named. When the application is submitted
--     differs between agencies, so it is not looked at.
-- module: List 11
-- fields: adopter.enquiry_date, adopter.stage_1_start_date, adopter.stage_1_end_date,
--     adopter.stage_2_start_date, adopter.stage_2_end_date, adopter.approval_date,
--     adopter.matched_date, adopter.placed_date, adopter.order_date
-- points: adopter.stage_1_start_date, adopter.stage_1_end_date, adopter.stage_2_start_date,
--     adopter.stage_2_end_date, adopter.approval_date, adopter.matched_date, adopter.placed_date,
--     adopter.order_date
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT
    CAST(NULL AS VARCHAR) AS child_id,
    file,
    sheet,
    line,
    points,
    CAST(CASE points
        WHEN 'adopter.stage_1_start_date' THEN stage_1_start_date
        WHEN 'adopter.stage_1_end_date' THEN stage_1_end_date
        WHEN 'adopter.stage_2_start_date' THEN stage_2_start_date
        WHEN 'adopter.stage_2_end_date' THEN stage_2_end_date
        WHEN 'adopter.approval_date' THEN approval_date
        WHEN 'adopter.matched_date' THEN matched_date
        WHEN 'adopter.placed_date' THEN placed_date
        ELSE order_date
    END AS VARCHAR) AS value
FROM (
    SELECT
        t.*,
        CASE
            WHEN stage_1_start_date < enquiry_date THEN 'adopter.stage_1_start_date'
            WHEN stage_1_end_date < stage_1_start_date THEN 'adopter.stage_1_end_date'
            WHEN stage_2_start_date < stage_1_end_date THEN 'adopter.stage_2_start_date'
            WHEN stage_2_end_date < stage_2_start_date THEN 'adopter.stage_2_end_date'
            WHEN approval_date < stage_2_start_date THEN 'adopter.approval_date'
            WHEN matched_date < approval_date THEN 'adopter.matched_date'
            WHEN placed_date < matched_date THEN 'adopter.placed_date'
            WHEN order_date < placed_date THEN 'adopter.order_date'
        END AS points
    FROM adopter AS t
) AS looked_at
WHERE points IS NOT NULL
