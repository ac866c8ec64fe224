-- code: 903-601
-- severity: error
-- title: Details of an adoption are missing
-- message: The child was adopted, so give the decision, the match and the adopters in the table of
--     adoptions.
-- module: AD1
-- official: The additional fields relating to adoption have not been completed although the episode
--     data shows that the child was adopted during the year.
-- fields: care_episode.end_reason, adoption.decision_date, adoption.matched_date,
--     adoption.foster_carer, adoption.adopters, adoption.adopters_sex, adoption.adopters_status
-- points: care_episode.end_reason
-- source: DfE SSDA903 validation rules 2026/27, rule 601
SELECT e.child_id, e.file, e.sheet, e.line, e.end_reason AS value
FROM care_episode AS e
WHERE e.end_reason IN ('E11', 'E12')
    AND NOT EXISTS (
        SELECT *
        FROM adoption AS t
        WHERE t.child_id = e.child_id
            AND t.decision_date IS NOT NULL
            AND t.matched_date IS NOT NULL
            AND t.foster_carer IS NOT NULL
            AND t.adopters IS NOT NULL
            AND t.adopters_sex IS NOT NULL
            AND t.adopters_status IS NOT NULL
    )
