-- code: A-1005
-- severity: query
-- title: Adoptive family that list 11 does not have
-- message: The child is matched with a family that list 11 does not have; check the identifier,
--     unless the adopters are another agency's.
-- module: List 10
-- fields: adoption.family_id, adoption.matched_date, adopter.family_id
-- points: adoption.family_id
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT t.child_id, t.file, t.sheet, t.line, t.family_id AS value
FROM adoption AS t
WHERE t.matched_date IS NOT NULL
    AND t.family_id IS NOT NULL
    AND NOT EXISTS (SELECT * FROM adopter AS a WHERE a.family_id = t.family_id)
