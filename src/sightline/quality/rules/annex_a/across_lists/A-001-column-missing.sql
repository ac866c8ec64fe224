-- code: A-001
-- severity: error
-- title: A column that inspection needs is not there
-- message: The list lacks a column without which it cannot be read as inspectors read it; draw it
--     again with the column.
-- reading: What is needed are the dates, the outcomes and what tells a child apart, from which the
--     rest is read; of other columns that are missing a query is raised on reading. Nothing is said
--     of a return without any row.
-- fields: child.child_id
-- points: child.child_id
-- source: Sightline, on the lists of Annex A that Ofsted asks for
SELECT CAST(NULL AS VARCHAR) AS child_id, p.file, p.sheet, f.line, f.column_name AS value
FROM finding AS f
JOIN file_part AS p
    ON p.file = f.file_key
    AND (NOT p.in_workbook OR f.place = CONCAT(p.sheet, '!', f.line))
WHERE f.code = 'missing-column'
    AND EXISTS (SELECT * FROM child)
    AND f.column_name IN (
        'Date of Birth',
        'Gender',
        'Ethnicity',
        'Date of Contact',
        'Assessment start date',
        'Date of Referral',
        'Referral NFA?',
        'Continuous Assessment Start Date',
        'Continuous Assessment Date of Authorisation',
        'Strategy discussion initiating Section 47 Enquiry Start Date',
        'Date of Initial Child Protection Conference',
        'CIN Start Date',
        'CIN Closure Date',
        'Case Status',
        'Child Protection Plan Start Date',
        'Child Protection Plan End Date',
        'Date of the Last Statutory Visit',
        'Was the Child Seen Alone?',
        'Date Started to be Looked After',
        'Date Ceased to be Looked After',
        'Child''s Legal Status',
        'Start Date of Most Recent Placement',
        'Placement Type',
        'Date of Last Social Work Visit',
        'Eligibility Category',
        'LA in Touch',
        'Type of Accommodation',
        'Suitability of Accommodation',
        'Activity Status',
        'Child Unique ID',
        'Date the Child Entered Care',
        'Date of Decision that Child Should be Placed for Adoption',
        'Individual adopter identifier',
        'Date enquiry received'
    )
