"""How days are written on the pages of families."""

from datetime import date

from sightline.present import words


def day(value: date | None) -> str:
    """Write a day, as `3 May 2016`; that it is not known where there is none."""
    return words.day(value) if value else "not known"


def span(starts: date | None, ends: date | None) -> str:
    """Write from when until when, as far as it is known."""
    if starts and ends:
        return f"{day(starts)} to {day(ends)}"
    if ends:
        return f"until {day(ends)}"
    return f"since {day(starts)}" if starts else "since when is not known"
