"""Who a child of a contact may be, among those known. For officers alone: a referrer never sees any of it."""

from datetime import date

from sightline.service.accounts.models import Person
from sightline.service.children.queries import Found, find_people

MOST = 10


def looked_for(text: str, born: date | None, *, by: Person, widely: bool = True) -> Found | None:
    """Look for a child as the referrer gave them; None where too little was given to look by."""
    if len(text.strip()) < 3 and born is None:
        return None
    return find_people(text, born, by=by, limit=MOST, widely=widely)
