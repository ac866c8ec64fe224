-- code: FD-06
-- version: 1
-- title: Contacts below the threshold
-- area: Front door
-- measure: share
-- unit: percent
-- better: neutral
-- by: district, team, source
-- fields: contact.contact_date, contact.no_further_action, contact.advice
-- definition: Of contacts in the period, those assessed at a level of need that does not meet the
--     threshold by the levels of need published, or, where these do not say, below the level of the
--     local standard (4 by default); or with an outcome that the local standard counts as below the
--     threshold (no further action or advice by default) and not a new referral.
-- note: Judged by what was in force on the day of the contact. Only casework has the level; without
--     it the outcome decides. Where an outcome that the standard names is not given, and no other of
--     them is, the answer is not known.
-- source: Standard Safeguarding Dataset cont_contact_outcome_json; Sightline's own casework; local
--     standards contact-below-level and contact-below-threshold
SELECT
    c.child_id,
    c.contact_date AS day,
    CASE
        WHEN COALESCE(NOT c.meets_threshold, c.level < l.value) THEN TRUE
        WHEN c.new_referral THEN FALSE
        ELSE
            (c.no_further_action AND n.word IS NOT NULL) OR (c.advice AND a.word IS NOT NULL)
    END AS met,
    c.level,
    c.contact_id,
    c.district,
    c.team,
    c.contact_source AS source
FROM contact AS c
LEFT JOIN standard AS l
    ON l.name = 'contact-below-level'
    AND l.valid_from <= c.contact_date AND c.contact_date < l.valid_until
LEFT JOIN standard AS n
    ON n.name = 'contact-below-threshold' AND n.word = 'no further action'
    AND n.valid_from <= c.contact_date AND c.contact_date < n.valid_until
LEFT JOIN standard AS a
    ON a.name = 'contact-below-threshold' AND a.word = 'advice'
    AND a.valid_from <= c.contact_date AND c.contact_date < a.valid_until
