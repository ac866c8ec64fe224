"""How the Standard Safeguarding Dataset writes what is more than a code or a date."""

import json
from collections.abc import Mapping
from functools import cache

CONTACT_OUTCOMES = (
    *("NEW_REFERRAL_FLAG", "EXISTING_REFERRAL_FLAG", "CP_ENQUIRY_FLAG", "NFA_FLAG"),
    *("NON_AGENCY_ADOPTION_FLAG", "PRIVATE_FOSTERING_FLAG", "ADVICE_FLAG", "MISSING_FLAG"),
    *("OLA_CP_FLAG", "OTHER_OUTCOMES_EXIST_FLAG"),
)
"""The keys of what came of a contact; all are there, also those of which nothing is said."""
ADDRESS_KEYS = (
    *("ROOM", "FLOOR", "FLAT", "BUILDING", "HOUSE", "STREET", "TOWN", "UPRN"),
    *("EASTING", "NORTHING"),
)
UNACCOMPANIED = "Unaccompanied asylum seeking child (UASC)"
UPN, FORMER_UPN = "Unique Pupil Number", "Former Unique Pupil Number"


@cache
def _blank(keys: tuple[str, ...]) -> dict[str, str]:
    return dict.fromkeys(keys, "")


def keyed(keys: tuple[str, ...], said: Mapping[str, str]) -> str:
    """Write what is said as JSON with every key of a column."""
    return json.dumps(_blank(keys) | dict(said), ensure_ascii=False)
