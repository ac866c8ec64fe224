-- code: LA-03
-- version: 1
-- title: Unaccompanied asylum-seeking children among those looked after
-- area: Looked-after children
-- measure: stock share
-- unit: percent
-- better: neutral
-- by: district, team, worker
-- fields: care_episode.start_date, care_episode.end_date, child.uasc
-- definition: Of children looked after on the day (LA-01), those who are unaccompanied
--     asylum-seeking children that day.
-- note: SSDA903 lists only those who are: a child of whom nothing is said is not counted.
-- source: LAIT 334; SSDA903 UASC
SELECT
    p.child_id,
    p.entered AS opens,
    p.ceased AS closes,
    CASE WHEN c.uasc THEN p.entered END AS met_from,
    c.uasc_end_date AS met_until,
    TRUE AS known,
    p.district,
    p.team,
    p.worker
FROM care_period AS p
LEFT JOIN child AS c ON c.child_id = p.child_id
