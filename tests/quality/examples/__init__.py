"""Every example of every rule."""

from quality.examples import (
    assessment,
    care,
    child_in_need_plan,
    conference,
    early_help,
    enquiry,
    every_table,
    protection_plan,
    referral,
)

EXAMPLES = (
    *early_help.EXAMPLES,
    *referral.EXAMPLES,
    *assessment.EXAMPLES,
    *enquiry.EXAMPLES,
    *conference.EXAMPLES,
    *child_in_need_plan.EXAMPLES,
    *protection_plan.EXAMPLES,
    *care.EXAMPLES,
    *every_table.EXAMPLES,
)
