-- code: FD-06
-- version: 1
-- title: Contacts below the threshold
-- area: Front door
-- measure: share
-- unit: percent
-- better: neutral
-- by: district, source
-- fields: contact.contact_date, contact.no_further_action, contact.advice
-- definition: Of contacts in the period, those that ended with no further action or with advice,
--     and not in a new referral.
-- note: Sightline's default reading of a local definition.
-- source: Standard Safeguarding Dataset cont_contact_outcome_json; each authority sets and dates
--     its own reading
SELECT
    child_id,
    contact_date AS day,
    CASE WHEN new_referral THEN FALSE ELSE no_further_action OR advice END AS met,
    district,
    contact_source AS source
FROM contact
