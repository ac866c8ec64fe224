-- code: 8772
-- severity: error
-- title: UPN unknown for want of action, but there was action
-- message: Give another reason why there is no UPN: UN7 is for a child none of whose referrals led
--     to action.
-- reading: A referral that does not say whether it led to action is not known to have done so (rule
--     8568 names it). Both the child and each referral that led to action are named.
-- module: ChildIdentifiers
-- official: UPN unknown reason is UN7 (Referral with no further action) but at least one CIN
--     details is a referral going on to further action
-- fields: child.upn_unknown, referral.no_further_action
-- points: child.upn_unknown, referral.no_further_action
-- source: DfE CIN census validation rules 2025/26, rule 8772
WITH clash AS (
    SELECT
        c.child_id,
        c.upn_unknown,
        c.file AS child_file,
        c.sheet AS child_sheet,
        c.line AS child_line,
        r.no_further_action,
        r.file AS referral_file,
        r.sheet AS referral_sheet,
        r.line AS referral_line
    FROM child AS c
    JOIN referral AS r ON r.child_id = c.child_id AND r.no_further_action = FALSE
    WHERE c.upn_unknown = 'UN7'
)
SELECT
    child_id,
    child_file AS file,
    child_sheet AS sheet,
    child_line AS line,
    upn_unknown AS value,
    'child.upn_unknown' AS points
FROM clash
UNION
SELECT
    child_id,
    referral_file,
    referral_sheet,
    referral_line,
    CAST(no_further_action AS VARCHAR),
    'referral.no_further_action'
FROM clash
