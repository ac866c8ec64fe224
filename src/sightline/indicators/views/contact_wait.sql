-- Each stretch of time in which a contact waited for a decision: from its receipt, and from its being
-- opened again. One about several children waits once: the first of them stands for it. Only casework
-- tells of it.
SELECT
    child_id,
    contact_id,
    contact_date,
    contact_source,
    waits_since,
    from_day,
    decision_date,
    as_at,
    district,
    team
FROM (
    SELECT
        w.*,
        ROW_NUMBER() OVER (PARTITION BY w.contact_id, w.waits_since ORDER BY w.child_id) AS place
    FROM (
        SELECT
            child_id,
            contact_id,
            contact_date,
            contact_source,
            COALESCE(reopened_at, received_at) AS waits_since,
            COALESCE(reopened_date, contact_date) AS from_day,
            decision_date,
            as_at,
            district,
            team
        FROM contact
        WHERE as_at IS NOT NULL
        UNION ALL
        SELECT
            child_id,
            contact_id,
            contact_date,
            contact_source,
            received_at AS waits_since,
            contact_date AS from_day,
            first_decision_date AS decision_date,
            as_at,
            district,
            team
        FROM contact
        WHERE reopened_at IS NOT NULL
    ) AS w
) AS s
WHERE contact_id IS NULL OR place = 1
