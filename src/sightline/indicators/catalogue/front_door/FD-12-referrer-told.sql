-- code: FD-12
-- version: 1
-- title: Referrers told the outcome within one working day
-- area: Front door
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, source
-- fields: contact.contact_date, contact.decision_date, contact.outcome_sent_date
-- definition: Of contacts by professionals decided in the period, those whose outcome was sent
--     within one working day of the decision.
-- note: Individuals and anonymous sources are left out, in casework as it holds them for such.
--     Until the next working day is over, an outcome not sent is not known. Of a contact opened
--     again, the first decision counts beside the latest. A decision about several children counts
--     once; the first of them stands for it.
-- source: INDICATORS FD-12; rule NOTICE-1; Sightline's own casework
SELECT
    c.child_id,
    c.decision_date AS day,
    CASE
        WHEN c.outcome_sent_date IS NOT NULL
            THEN c.outcome_sent_date >= c.decision_date AND e.wd - s.wd <= 1
        WHEN n.day < c.as_at_day THEN FALSE
    END AS met,
    c.contact_date,
    c.contact_id,
    c.outcome_sent_date,
    c.district,
    c.team,
    c.contact_source AS source
FROM (
    SELECT
        d.*,
        ROW_NUMBER() OVER (PARTITION BY d.contact_id, d.decision ORDER BY d.child_id) AS place
    FROM (
        SELECT
            child_id,
            contact_id,
            contact_date,
            contact_source,
            professional,
            'latest' AS decision,
            decision_date,
            outcome_sent_date,
            as_at_day,
            district,
            team
        FROM contact
        UNION ALL
        SELECT
            child_id,
            contact_id,
            contact_date,
            contact_source,
            professional,
            'first' AS decision,
            first_decision_date AS decision_date,
            first_outcome_sent_date AS outcome_sent_date,
            as_at_day,
            district,
            team
        FROM contact
        WHERE first_decision_date IS NOT NULL
    ) AS d
) AS c
LEFT JOIN calendar AS s ON s.day = c.decision_date
LEFT JOIN calendar AS e ON e.day = c.outcome_sent_date
LEFT JOIN working_day AS n ON n.number = s.wd + 1
WHERE (c.contact_id IS NULL OR c.place = 1) AND COALESCE(
    c.professional,
    c.contact_source IS NULL OR c.contact_source NOT IN ('1A', '1B', '1C', '1D', '1X', '9')
)
