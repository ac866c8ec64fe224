-- code: WF-01
-- version: 1
-- title: Permanent social workers
-- area: Workforce
-- measure: ratio
-- unit: percent
-- better: higher
-- by: department
-- fields: worker.fte, worker.agency
-- definition: Permanent full-time equivalent over permanent and agency full-time equivalent, of
--     social workers in post as at the latest extract in the period.
-- note: Social workers are those with a registration number, or whose job title says so. A worker of whom it is not said whether agency stays
--     in the denominator.
-- source: Standard Safeguarding Dataset ssd_professionals; children's social work workforce
--     census
SELECT
    worker_id,
    as_at AS day,
    'numerator' AS counted,
    fte AS amount,
    job_title,
    department
FROM worker
WHERE NOT agency
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
