-- code: EH-05
-- version: 1
-- title: Re-referred within six months of a planned end
-- area: Early help
-- measure: share
-- unit: percent
-- better: lower
-- by: district, organisation, worker
-- fields: early_help_episode.end_date, early_help_episode.end_reason, referral.referral_date
-- definition: Of early help episodes with a planned end in the period, those where the child was
--     referred to social care, or began early help again, after the end and within 6 months of
--     it.
-- note: Episodes that ended less than 6 months before the last day that the records of early help
--     and of referrals both cover are left out. What a referral back is, and which words mean a planned end, are Sightline defaults.
-- source: Standard Safeguarding Dataset earl_episode_end_reason; local standard
--     early-help-planned-end
SELECT
    e.child_id,
    e.end_date AS day,
    MIN(again.day) <= CAST(e.end_date + INTERVAL 6 MONTH AS DATE)
        AND MIN(again.day) IS NOT NULL AS met,
    MIN(again.day) AS next_day,
    e.end_reason,
    e.organisation,
    e.district,
    e.worker
FROM (
    SELECT
        h.child_id,
        h.start_date,
        h.end_date,
        h.end_reason,
        h.organisation,
        h.district,
        h.worker
    FROM early_help_episode AS h
    JOIN standard AS t
        ON t.name = 'early-help-planned-end'
        AND t.valid_from <= h.end_date AND h.end_date < t.valid_until
        AND CONCAT(' ', LOWER(h.end_reason)) LIKE CONCAT('% ', t.word, '%')
) AS e
CROSS JOIN (
    SELECT MIN(last_day) AS day
    FROM (
        SELECT MAX(return_end) AS last_day FROM early_help_episode
        UNION ALL
        SELECT MAX(return_end) FROM referral
    ) AS lasts
) AS known_to
LEFT JOIN (
    SELECT child_id, referral_date AS day FROM referral
    UNION ALL
    SELECT child_id, start_date FROM early_help_episode
) AS again ON again.child_id = e.child_id AND again.day > e.end_date
WHERE known_to.day IS NULL OR CAST(e.end_date + INTERVAL 6 MONTH AS DATE) <= known_to.day
GROUP BY
    e.child_id, e.start_date, e.end_date, e.end_reason, e.organisation, e.district, e.worker
