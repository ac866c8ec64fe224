"""For which days the loaded files can speak of an indicator."""

from collections.abc import Iterable
from datetime import date, timedelta

from sightline.indicators.grading import Quality

Stretch = tuple[date, date]


def tables_of(fields: Iterable[str]) -> tuple[str, ...]:
    """Give the tables that fields name, each once; `a or b` names both."""
    named = (each for name in fields for each in name.split(" or "))
    return tuple(dict.fromkeys(each.strip().split(".")[0] for each in named))


def never_covered(fields: Iterable[str], quality: Quality) -> str:
    """Say which table no loaded file speaks of; empty if there is none, or nothing is known."""
    if not quality.covered:
        return ""
    missing = [table for table in tables_of(fields) if table not in quality.covered]
    return f"No loaded file covers {missing[0].replace('_', ' ')}." if missing else ""


def last_stretch(fields: Iterable[str], quality: Quality, covered: Stretch) -> Stretch | None:
    """Give the last run of days on which every table of `fields` is covered; None if there is none.

    Where no return says what it covers, it is all of `covered`.
    """
    common = [covered]
    if quality.covered:
        for table in tables_of(fields):
            common = _overlap(common, merged(quality.covered.get(table, ())))
    return common[-1] if common else None


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Join stretches that touch or overlap, in order."""
    joined: list[Stretch] = []
    for first, last in sorted(stretches):
        if joined and first <= joined[-1][1] + timedelta(days=1):
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _overlap(some: Iterable[Stretch], others: Iterable[Stretch]) -> list[Stretch]:
    others = list(others)
    return sorted(
        (max(first, start), min(last, end))
        for first, last in some
        for start, end in others
        if max(first, start) <= min(last, end)
    )
