-- code: 903-436
-- severity: error
-- title: Change said to be of both legal status and placement
-- message: The reason says that legal status and placement both changed, and one of them did not.
-- reading: A provider, postcode or number that was blank before and is given now counts as changed.
--     The episode before is the one that started last before it.
-- module: Episodes
-- official: Reason for new episode is that both child’s placement and legal status have changed,
--     but this is not reflected in the episode data.
-- fields: care_episode.start_reason, care_episode.legal_status, care_episode.placement,
--     care_episode.provider, care_episode.placement_postcode, care_episode.placement_urn
-- points: care_episode.start_reason
-- source: DfE SSDA903 validation rules 2026/27, rule 436
SELECT child_id, file, sheet, line, start_reason AS value
FROM (
    SELECT
        e.*,
        LAG(e.legal_status) OVER in_order AS status_before,
        LAG(e.placement) OVER in_order AS placement_before,
        LAG(e.provider) OVER in_order AS provider_before,
        LAG(e.placement_postcode) OVER in_order AS postcode_before,
        LAG(e.placement_urn) OVER in_order AS urn_before
    FROM care_episode AS e
    WINDOW in_order AS (PARTITION BY e.child_id ORDER BY e.start_date, e.line)
) AS changes
WHERE start_reason IN ('B', 'U')
    AND (
        legal_status = status_before
        OR (
            placement = placement_before
            AND COALESCE(provider, '') = COALESCE(provider_before, '')
            AND COALESCE(placement_postcode, '') = COALESCE(postcode_before, '')
            AND COALESCE(placement_urn, '') = COALESCE(urn_before, '')
        )
    )
