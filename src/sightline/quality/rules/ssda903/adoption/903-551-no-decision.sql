-- code: 903-551
-- severity: error
-- title: Placed for adoption without a decision
-- message: The child is placed for adoption, so give the date of the decision that the child should
--     be.
-- reading: A decision that stands in the table of adoptions (AD1) is enough.
-- module: PlacedAdoption
-- official: Child has been placed for adoption but there is no date of the decision that the child
--     should be placed for adoption.
-- fields: care_episode.placement, adoption.decision_date
-- points: care_episode.placement
-- source: DfE SSDA903 validation rules 2026/27, rule 551
SELECT e.child_id, e.file, e.sheet, e.line, e.placement AS value
FROM care_episode AS e
WHERE e.placement IN ('A3', 'A4', 'A5', 'A6')
    AND NOT EXISTS (
        SELECT *
        FROM adoption AS t
        WHERE t.child_id = e.child_id AND t.decision_date IS NOT NULL
    )
