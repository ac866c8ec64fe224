"""How casework's values are written in an extract."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from sightline.intake.casework import stamp

Row = Mapping[str, str | int | None]
CHUNK = 2000
"""Rows fetched at a time."""


def day(moment: datetime | date | None) -> str | None:
    """Give the day, in the United Kingdom's time, of a moment or day."""
    if isinstance(moment, datetime):
        moment = timezone.localdate(moment)
    return moment.isoformat() if moment else None


def at(moment: datetime | None) -> str | None:
    """Give a moment."""
    return stamp(moment) if moment else None


def flag(known: bool | None) -> str | None:
    """Give yes or no; nothing where it is not known."""
    return None if known is None else str(int(known))


def answer(word: str) -> str | None:
    """Give a yes or no of casework; not known is nothing, as unknown is not no."""
    return {"yes": "1", "no": "0"}.get(word)
