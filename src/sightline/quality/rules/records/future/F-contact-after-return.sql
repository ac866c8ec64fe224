-- code: F-contact
-- severity: query
-- title: Contact after the return ends
-- message: The date is after the last day the return covers, so it may be a slip of the pen.
-- fields: contact.contact_date
-- points: contact.contact_date
-- source: Sightline
SELECT child_id, file, sheet, line, CAST(contact_date AS VARCHAR) AS value
FROM contact
WHERE contact_date > return_end
