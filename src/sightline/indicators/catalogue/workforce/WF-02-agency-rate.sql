-- code: WF-02
-- version: 1
-- title: Agency social workers
-- area: Workforce
-- measure: ratio
-- unit: percent
-- better: lower
-- by: department
-- fields: worker.fte, worker.agency
-- definition: Agency full-time equivalent over agency and in-post full-time equivalent, of social
--     workers as at the latest extract in the period.
-- note: Social workers are those with a registration number, or whose job title says so. A worker of whom it is not said whether agency stays
--     in the denominator. The published figure is as at 30 September.
-- source: LAIT 287; Standard Safeguarding Dataset ssd_professionals
SELECT
    worker_id,
    as_at AS day,
    'numerator' AS counted,
    fte AS amount,
    job_title,
    department
FROM worker
WHERE agency
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
WHERE (registration IS NOT NULL OR LOWER(job_title) LIKE '%social worker%')
