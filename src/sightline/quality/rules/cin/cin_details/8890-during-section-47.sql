-- code: 8890
-- severity: error
-- title: Section 47 enquiry during another
-- message: The enquiry overlaps in time with another section 47 enquiry of the same episode.
-- reading: An enquiry is ongoing from its first day to its initial conference, both included;
--     without one to the last day of the return. One marked as needing no conference, without a
--     date, is over at once, for the return does not say when it ended. Enquiries of different
--     episodes are not compared. Every enquiry that takes part is named.
-- module: CINdetails
-- official: A Section 47 enquiry is shown as starting when there is another Section 47 Enquiry
--     ongoing
-- fields: section_47.start_date, section_47.referral_date, section_47.conference_date,
--     section_47.conference_not_required
-- points: section_47.start_date
-- source: DfE CIN census validation rules 2025/26, rule 8890
SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value
FROM (
    SELECT
        lasting.*,
        MAX(until) OVER (
            PARTITION BY child_id, referral_date ORDER BY start_date, until DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS busy_until,
        LEAD(start_date) OVER (
            PARTITION BY child_id, referral_date ORDER BY start_date, until DESC
        ) AS next_start
    FROM (
        SELECT
            t.*,
            COALESCE(
                t.conference_date,
                CASE
                    WHEN t.conference_not_required IS TRUE THEN DATE '1900-01-01'
                    ELSE p.period_end
                END
            ) AS until
        FROM section_47 AS t
        CROSS JOIN return_period AS p
        WHERE t.referral_date IS NOT NULL
    ) AS lasting
) AS ordered
WHERE start_date <= busy_until OR next_start <= until
