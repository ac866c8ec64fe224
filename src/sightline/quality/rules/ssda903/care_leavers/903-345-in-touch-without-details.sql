-- code: 903-345
-- severity: error
-- title: In touch, but activity or accommodation is 0
-- message: The authority is in touch with the young person, so say what they do and where they
--     live.
-- module: OC3
-- official: The data collection record shows the local authority is in touch with this young
--     person, but activity and/or accommodation data items are zero.
-- fields: care_leaver.in_touch, care_leaver.activity, care_leaver.accommodation
-- points: care_leaver.in_touch
-- source: DfE SSDA903 validation rules 2026/27, rule 345
SELECT child_id, file, sheet, line, in_touch AS value
FROM care_leaver
WHERE in_touch = 'YES' AND (activity = '0' OR accommodation = '0')
