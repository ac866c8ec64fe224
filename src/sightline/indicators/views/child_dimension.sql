-- What a child is broken down by: one row a child, labels ready to show.
-- Ethnic groups are the five of the census; the codes behind them stay in the child's record.
SELECT
    c.child_id,
    c.birth_date,
    c.expected_birth_date,
    c.district,
    CASE c.sex WHEN 'F' THEN 'Female' WHEN 'M' THEN 'Male' ELSE 'Not known' END AS sex,
    CASE
        WHEN c.ethnicity IN ('WBRI', 'WIRI', 'WIRT', 'WOTH', 'WROM') THEN 'White'
        WHEN c.ethnicity IN ('MWBC', 'MWBA', 'MWAS', 'MOTH') THEN 'Mixed'
        WHEN c.ethnicity IN ('AIND', 'APKN', 'ABAN', 'AOTH', 'CHNE') THEN 'Asian'
        WHEN c.ethnicity IN ('BCRB', 'BAFR', 'BOTH') THEN 'Black'
        WHEN c.ethnicity = 'OOTH' THEN 'Other'
        ELSE 'Not known'
    END AS ethnicity,
    CASE
        WHEN COALESCE(d.disabled, c.disabled) THEN 'Disabled'
        WHEN NOT COALESCE(d.disabled, c.disabled) THEN 'Not disabled'
        ELSE 'Not known'
    END AS disability
FROM child AS c
LEFT JOIN (
    SELECT child_id, BOOL_OR(disability <> 'NONE') AS disabled
    FROM disability
    WHERE disability IN (
        'NONE', 'MOB', 'HAND', 'PC', 'INC', 'COMM', 'LD', 'HEAR', 'VIS', 'BEH', 'CON', 'AUT', 'DDA'
    )
    GROUP BY child_id
) AS d ON d.child_id = c.child_id
