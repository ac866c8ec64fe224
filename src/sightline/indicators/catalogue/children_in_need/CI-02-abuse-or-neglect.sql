-- code: CI-02
-- version: 1
-- title: Children in need because of abuse or neglect
-- area: Children in need
-- measure: stock share
-- unit: percent
-- better: neutral
-- by: district, team, worker
-- fields: referral.referral_date, referral.closure_date, referral.primary_need
-- definition: Of children in need on the day (CI-01), those whose primary need is abuse or
--     neglect (N1).
-- note: A primary need that is not stated (N0), not given or no code is not known.
-- source: DfE children in need table b3
SELECT
    child_id,
    referral_date AS opens,
    closure_date AS closes,
    CASE WHEN primary_need = 'N1' THEN referral_date END AS met_from,
    CAST(NULL AS DATE) AS met_until,
    COALESCE(primary_need, '') IN ('N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', 'N9')
        AS known,
    primary_need,
    district,
    team,
    worker
FROM referral
WHERE no_further_action IS NOT TRUE
