-- code: FD-01
-- version: 1
-- title: Contacts
-- area: Front door
-- measure: count
-- unit: contacts
-- better: neutral
-- by: district, team, source
-- fields: contact.contact_date
-- definition: Contacts received in the period, one for each child in each contact.
-- source: Annex A list 1; Standard Safeguarding Dataset ssd_contacts
SELECT
    child_id,
    contact_date AS day,
    contact_id,
    district,
    team,
    contact_source AS source
FROM contact
