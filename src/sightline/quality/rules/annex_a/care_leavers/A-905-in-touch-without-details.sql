-- code: A-905
-- severity: query
-- title: In touch, but accommodation or activity is missing
-- message: The authority is in touch with the young person, so say where they live and what they
--     do.
-- reading: Of two that are blank the accommodation is named.
-- module: List 9
-- fields: care_leaver.in_touch, care_leaver.accommodation, care_leaver.activity
-- points: care_leaver.accommodation, care_leaver.activity
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT
    child_id,
    file,
    sheet,
    line,
    CASE
        WHEN accommodation IS NULL THEN 'care_leaver.accommodation'
        ELSE 'care_leaver.activity'
    END AS points,
    CAST(NULL AS VARCHAR) AS value
FROM care_leaver
WHERE in_touch = 'YES' AND (accommodation IS NULL OR activity IS NULL)
