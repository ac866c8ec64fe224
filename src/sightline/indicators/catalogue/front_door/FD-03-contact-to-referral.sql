-- code: FD-03
-- version: 1
-- title: Contacts that become a referral
-- area: Front door
-- measure: share
-- unit: percent
-- better: neutral
-- by: district, team, source
-- fields: contact.contact_date, contact.new_referral
-- definition: Of contacts in the period, those whose outcome was a new referral.
-- source: Standard Safeguarding Dataset cont_contact_outcome_json, flag NEW_REFERRAL_FLAG
SELECT
    child_id,
    contact_date AS day,
    new_referral AS met,
    contact_id,
    district,
    team,
    contact_source AS source
FROM contact
