-- code: 903-344
-- severity: error
-- title: Activity or accommodation of one who died or went home
-- message: Leave activity and accommodation blank for a young person who died or returned home for
--     six months or more.
-- reading: The code 0, no information, is not taken as completed.
-- module: OC3
-- official: The record shows the young person has died or returned home to live with parent(s) or
--     someone with parental responsibility for a continuous period of 6 months or more, but
--     activity and/or accommodation on leaving care have been completed.
-- fields: care_leaver.in_touch, care_leaver.activity, care_leaver.accommodation
-- points: care_leaver.in_touch
-- source: DfE SSDA903 validation rules 2026/27, rule 344
SELECT child_id, file, sheet, line, in_touch AS value
FROM care_leaver
WHERE in_touch IN ('DIED', 'RHOM')
    AND (activity <> '0' OR accommodation <> '0')
