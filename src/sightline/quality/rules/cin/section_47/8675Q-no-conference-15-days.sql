-- code: 8675Q
-- severity: query
-- title: Section 47 enquiry without a conference after 15 working days
-- message: The enquiry started more than 15 working days before the end of the return, is not
--     marked as needing no conference, and has no conference date.
-- reading: Working days are those after the start, up to the last day of the return: bank holidays
--     of England and Wales are none. Where the mark is missing, nothing says that no conference
--     was needed, so it is asked. In records of several returns, the return is the last that has
--     the enquiry. The Standard Safeguarding Dataset does not say under the enquiry whether a
--     conference was needed, so its rows are left out.
-- module: Section47
-- official: Please check and either amend data or provide a reason: S47 Enquiry started more than
--     15 working days before the end of the census year. However, there is no date of Initial
--     Child Protection Conference.
-- records: annex_a, ssd, dfe_api
-- fields: section_47.start_date, section_47.conference_date, section_47.conference_not_required
-- points: section_47.conference_date
-- source: DfE CIN census validation rules 2025/26, rule 8675Q
SELECT q.child_id, q.file, q.sheet, q.line, CAST(q.conference_date AS VARCHAR) AS value
FROM section_47 AS q
JOIN calendar AS s ON s.day = q.start_date
JOIN calendar AS e ON e.day = q.return_end
WHERE q.conference_date IS NULL
    AND q.conference_not_required IS NOT TRUE
    AND q.source <> 'ssd'
    AND e.wd - s.wd > 15
