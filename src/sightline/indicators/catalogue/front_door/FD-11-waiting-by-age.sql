-- code: FD-11
-- part: age
-- version: 1
-- title: Contacts waiting over 24 hours by how long
-- area: Front door
-- measure: stock profile
-- unit: percent
-- better: neutral
-- fields: contact.contact_date, contact.received_at, contact.decision_date
-- definition: Contacts received more than 24 hours ago and not decided, the share that has waited
--     so long.
-- note: By hours of the clock; on days before that on which casework was read, as at their end. One
--     opened again waits from then, and one about several children counts once.
-- source: INDICATORS FD-11; Sightline's own casework
SELECT
    c.child_id,
    CASE b.category
        WHEN '1 to 3 days' THEN c.one_day
        WHEN '3 to 7 days' THEN c.three_days
        ELSE c.seven_days
    END AS opens,
    LEAST(
        CASE b.category
            WHEN '1 to 3 days' THEN c.three_days
            WHEN '3 to 7 days' THEN c.seven_days
        END,
        c.decision_date
    ) AS closes,
    b.category,
    c.contact_id
FROM (
    SELECT
        child_id,
        contact_id,
        decision_date,
        CASE
            WHEN waits_since + INTERVAL 24 HOUR >= as_at
                THEN CAST(from_day + INTERVAL 2 DAY AS DATE)
            ELSE CAST(from_day + INTERVAL 1 DAY AS DATE)
        END AS one_day,
        CASE
            WHEN waits_since + INTERVAL 72 HOUR >= as_at
                THEN CAST(from_day + INTERVAL 4 DAY AS DATE)
            ELSE CAST(from_day + INTERVAL 3 DAY AS DATE)
        END AS three_days,
        CASE
            WHEN waits_since + INTERVAL 168 HOUR >= as_at
                THEN CAST(from_day + INTERVAL 8 DAY AS DATE)
            ELSE CAST(from_day + INTERVAL 7 DAY AS DATE)
        END AS seven_days
    FROM contact_wait
) AS c
CROSS JOIN (
    SELECT '1 to 3 days' AS category UNION ALL SELECT '3 to 7 days' UNION ALL SELECT 'Over 7 days'
) AS b
