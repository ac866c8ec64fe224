-- code: 2883
-- severity: error
-- title: More plans start than conferences are held
-- message: In the days of the census more child protection plans start than initial conferences are
--     held, and of this child too.
-- reading: Counted over each census by its own days. Each record of a conference counts, under an
--     enquiry or under the episode, as for a child who transfers in; also one given twice (rule
--     2884). The rule is about the whole return; named are the plans of the children with more plan
--     starts than conferences, who make it so.
-- module: ChildProtectionPlans
-- official: There are more child protection plans starting than initial conferences taking place
-- records: annex_a, ssda903, ssd, dfe_api
-- fields: cp_plan.start_date, conference.conference_date, cp_plan.referral_date,
--     conference.referral_date
-- points: cp_plan.start_date
-- source: DfE CIN census validation rules 2025/26, rule 2883
SELECT DISTINCT child_id, file, sheet, line, CAST(day AS VARCHAR) AS value
FROM (
    SELECT
        event.*,
        SUM(event.starts) OVER (PARTITION BY r.period_end) AS too_many,
        SUM(event.starts) OVER (PARTITION BY r.period_end, event.child_id) AS too_many_here
    FROM (
        SELECT child_id, file, sheet, line, start_date AS day, 1 AS starts
        FROM cp_plan
        WHERE other_authority IS NOT TRUE
        UNION ALL
        SELECT child_id, file, sheet, line, conference_date, -1
        FROM conference
    ) AS event
    JOIN return_period AS r
        ON r.source = 'cin' AND r.period_start <= event.day AND event.day <= r.period_end
) AS counted
WHERE starts = 1 AND too_many > 0 AND too_many_here > 0
