-- code: LH-07
-- version: 1
-- title: Convicted or cautioned
-- area: Health of looked-after children
-- measure: share
-- unit: percent
-- better: lower
-- by: district
-- fields: care_outcome.convicted, child.birth_date
-- definition: Of children looked after for 12 months or more at 31 March aged 10 or over, those
--     convicted or cautioned in the year.
-- note: A child whose birth date is not known stays in.
-- source: LAIT 202; SSDA903 OC2 CONVICTED
SELECT
    o.child_id,
    o.year_end AS day,
    o.convicted AS met,
    o.district
FROM care_outcome AS o
LEFT JOIN child AS c ON c.child_id = o.child_id
WHERE o.year_end IS NOT NULL
    AND (
        c.birth_date IS NULL OR CAST(c.birth_date + INTERVAL 10 YEAR AS DATE) <= o.year_end
    )
