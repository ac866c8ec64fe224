-- code: 8863Q
-- severity: query
-- title: Assessment starts while another is ongoing
-- message: The episode has another assessment that is going on when this one starts, or this one
--     is going on when another starts.
-- reading: As the Department sets it out, within one episode: an assessment goes on from its start
--     to its end, both days included, or to the ReferenceDate while it has no end, so one may
--     start on the day after another ends and not on that day. Assessments that take part are all
--     named, those given twice as well. Episodes of a child with one referral date are taken as
--     one; where that date is not known, which assessments are of one episode is not known either.
-- module: Assessments
-- official: An Assessment is shown as starting when there is another Assessment ongoing.
-- fields: assessment.start_date, assessment.authorisation_date, assessment.referral_date
-- points: assessment.start_date
-- source: DfE CIN census validation rules 2025/26, rule 8863Q
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM (
    SELECT
        lasting.*,
        MAX(until) OVER (
            PARTITION BY child_id, referral_date ORDER BY start_date, until DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS busy_until,
        LEAD(start_date) OVER (
            PARTITION BY child_id, referral_date ORDER BY start_date, until DESC
        ) AS next_start
    FROM (
        SELECT a.*, COALESCE(a.authorisation_date, a.return_end) AS until
        FROM assessment AS a
        WHERE a.start_date IS NOT NULL AND a.referral_date IS NOT NULL
    ) AS lasting
) AS ordered
WHERE start_date <= busy_until OR next_start <= until
