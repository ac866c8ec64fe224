"""For which days the loaded files can speak of an indicator."""

from collections.abc import Iterable
from datetime import date, timedelta

from sightline.indicators.grading import Quality

Stretch = tuple[date, date]


def last_stretch(fields: Iterable[str], quality: Quality, covered: Stretch) -> Stretch | None:
    """Give the last run of days on which all `fields` are covered; None if there is none.

    Of `a or b`, one is enough. Where no return says what it covers, it is all of `covered`.
    """
    fields = list(fields)
    if quality.lacking(fields):
        return None
    common = [covered]
    if quality.covered:
        for field in fields:
            either = dict.fromkeys(quality.stretches(name.strip()) for name in field.split(" or "))
            common = [
                stretch for stretches in either for stretch in _overlap(common, merged(stretches))
            ]
    return max(common, key=lambda stretch: stretch[1]) if common else None


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
    return [
        (max(first, start), min(last, end))
        for first, last in some
        for start, end in others
        if max(first, start) <= min(last, end)
    ]
