-- code: CI-08
-- version: 1
-- title: Disabled children in need
-- area: Children in need
-- measure: stock share
-- unit: percent
-- better: neutral
-- by: district, team, worker
-- fields: referral.referral_date, referral.closure_date, disability.disability or
--     child.disabled
-- definition: Of children in need on the day (CI-01), those with any disability other than none.
-- note: A child of whom nothing is said is not known; the code NONE says there is none. What is
--     no code says nothing.
-- source: DfE children in need table b2
SELECT
    r.child_id,
    r.referral_date AS opens,
    r.closure_date AS closes,
    CASE WHEN d.disabled OR c.disabled THEN r.referral_date END AS met_from,
    CAST(NULL AS DATE) AS met_until,
    d.child_id IS NOT NULL OR c.disabled IS NOT NULL AS known,
    r.district,
    r.team,
    r.worker
FROM referral AS r
LEFT JOIN (
    SELECT child_id, BOOL_OR(disability <> 'NONE') AS disabled
    FROM disability
    WHERE disability IN (
        'NONE', 'MOB', 'HAND', 'PC', 'INC', 'COMM', 'LD', 'HEAR', 'VIS', 'BEH', 'CON', 'AUT', 'DDA'
    )
    GROUP BY child_id
) AS d ON d.child_id = r.child_id
LEFT JOIN child AS c ON c.child_id = r.child_id
WHERE r.no_further_action IS NOT TRUE
