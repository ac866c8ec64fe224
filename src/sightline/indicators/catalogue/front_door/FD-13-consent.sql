-- code: FD-13
-- version: 1
-- title: Consent recorded, or overridden with a reason
-- area: Front door
-- measure: share
-- unit: percent
-- better: higher
-- by: district, team, source
-- fields: contact.contact_date, contact.consent, contact.consent_overridden
-- definition: Of contacts in the period that need consent, those with consent recorded, or
--     overridden on a lawful ground with a written reason.
-- note: Contacts by professionals need it: what individuals and anonymous sources say is theirs to
--     say (a Sightline reading). Consent that was refused or not sought is not recorded consent.
--     Until somebody has recorded whether it was given, it is not known. A contact about several
--     children counts once; the first of them stands for it.
-- source: INDICATORS FD-13; Ofsted Worcestershire 2017, paragraph 19; Sightline's own casework
SELECT
    child_id,
    contact_date AS day,
    NULLIF(consent, 'NOT_KNOWN') = 'GIVEN' OR consent_overridden AS met,
    consent,
    contact_id,
    district,
    team,
    contact_source AS source
FROM contact_once
WHERE COALESCE(
    professional,
    contact_source IS NULL OR contact_source NOT IN ('1A', '1B', '1C', '1D', '1X', '9')
)
