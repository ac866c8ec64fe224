-- code: WF-04
-- part: distribution
-- version: 1
-- title: Case holders by number of cases
-- area: Workforce
-- measure: profile
-- unit: percent
-- better: lower
-- fields: worker.caseload
-- definition: Social workers who hold one or more cases, by how many, as at the latest extract in
--     the period.
-- note: Social workers are those with a registration number, or whose job title says so.
-- source: Standard Safeguarding Dataset ssd_professionals
SELECT
    worker_id,
    as_at AS day,
    CASE
        WHEN caseload > 30 THEN 'Over 30'
        WHEN caseload > 22 THEN '23 to 30'
        WHEN caseload > 16 THEN '17 to 22'
        ELSE '1 to 16'
    END AS category,
    caseload,
    job_title,
    department
FROM worker
WHERE caseload >= 1
    AND (registration IS NOT NULL OR LOWER(job_title) LIKE '%social worker%')
