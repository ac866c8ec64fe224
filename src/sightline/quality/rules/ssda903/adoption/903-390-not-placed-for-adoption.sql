-- code: 903-390
-- severity: error
-- title: Adopted without being placed for adoption
-- message: The child was adopted from a placement that is not one for adoption (A3 to A6).
-- reading: The placement the child was adopted from is looked at.
-- module: Episodes
-- official: Reason episode ceased is adopted but child has not been previously placed for adoption.
-- fields: care_episode.end_reason, care_episode.placement
-- points: care_episode.end_reason
-- source: DfE SSDA903 validation rules 2026/27, rule 390
SELECT child_id, file, sheet, line, end_reason AS value
FROM care_episode
WHERE end_reason IN ('E11', 'E12') AND placement NOT IN ('A3', 'A4', 'A5', 'A6')
