-- code: 2885
-- severity: error
-- title: Plan does not start on the day of a conference
-- message: The plan starts within the days of the return, and no initial conference of the child
--     has that date.
-- reading: A return holds the conferences of its own days, so plans that started earlier are left
--     out; so are those said to be another authority's. A conference counts under an enquiry or
--     under the episode, as for a child who transfers in, also where the episode has enquiries,
--     and in whichever episode of the child. A conference whose date cannot be read is none.
-- module: ChildProtectionPlans
-- official: Child protection plan shown as starting a different day to the initial child
--     protection conference.
-- records: annex_a, ssda903, ssd, dfe_api
-- fields: cp_plan.start_date, conference.conference_date
-- points: cp_plan.start_date
-- source: DfE CIN census validation rules 2025/26, rule 2885
SELECT p.child_id, p.file, p.sheet, p.line, CAST(p.start_date AS VARCHAR) AS value
FROM cp_plan AS p
WHERE p.other_authority IS NOT TRUE
    AND EXISTS (
        SELECT *
        FROM return_period AS r
        WHERE r.source = p.source
            AND r.period_start <= p.start_date
            AND p.start_date <= r.period_end
    )
    AND NOT EXISTS (
        SELECT *
        FROM conference AS c
        WHERE c.child_id = p.child_id AND c.conference_date = p.start_date
    )
