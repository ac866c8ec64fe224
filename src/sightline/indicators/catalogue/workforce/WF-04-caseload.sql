-- code: WF-04
-- version: 1
-- title: Cases for each full-time case holder
-- area: Workforce
-- measure: ratio
-- unit: cases
-- better: lower
-- by: department
-- fields: worker.fte, worker.caseload
-- definition: Cases held over the full-time equivalent of the social workers who hold one or
--     more, agency workers included, as at the latest extract in the period.
-- note: Social workers are those with a registration number, or whose job title says so. The published figure is as at 30 September; its
--     method changed in 2017.
-- source: LAIT 287; Standard Safeguarding Dataset ssd_professionals
SELECT
    worker_id,
    as_at AS day,
    'numerator' AS counted,
    caseload AS amount,
    job_title,
    department
FROM worker
WHERE caseload >= 1 AND fte > 0
    AND (registration IS NOT NULL OR LOWER(job_title) LIKE '%social worker%')
UNION ALL
SELECT
    worker_id,
    as_at,
    'denominator',
    fte,
    job_title,
    department
FROM worker
WHERE caseload >= 1 AND fte > 0
    AND (registration IS NOT NULL OR LOWER(job_title) LIKE '%social worker%')
