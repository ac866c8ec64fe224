"""Calendar months, and the periods that figures are given for.

Adding months keeps the day of the month; where the target month has no such day, its last day is used
(INDICATORS section 2.3).
"""

from calendar import monthrange
from datetime import date, timedelta

EVERY = ("month", "quarter", "year", "rolling-year")
"""Lengths of period. Years are 1 April to 31 March; a rolling year ends with each month."""


def add_months(day: date, months: int) -> date:
    """Add months to a day (or subtract), clamped to the month's end; `ValueError` beyond year 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def year_end(day: date) -> date:
    """Give the 31 March that ends the year a day is in."""
    return date(day.year + (day.month > 3), 3, 31)


def periods(every: str, start: date, end: date) -> list[tuple[date, date]]:
    """Give the periods of a length that end on or after `start` and on or before `end`.

    A period that ends after `end` is left out, as it is not complete. The first may begin before
    `start`: the month, quarter or year that `start` lies in. `ValueError` for an unknown length.
    """
    months, step = _LENGTH.get(every, (0, 0))
    if not months:
        raise ValueError(f"{every!r} is not one of {', '.join(EVERY)}")
    # The first day of the month after the last period that ends before `start`.
    first = date(start.year, start.month, 1)
    while (first.month - 4) % step:
        first = add_months(first, -1)
    found = []
    after = add_months(first, step)
    while (last := after - timedelta(days=1)) <= end:
        found.append((add_months(after, -months), last))
        after = add_months(after, step)
    return found


_LENGTH = {"month": (1, 1), "quarter": (3, 3), "year": (12, 12), "rolling-year": (12, 1)}
"""Months in a period, and months from one to the next."""
