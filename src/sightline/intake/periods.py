"""The days a return covers, told from the dates inside it, never from today's date."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_FIRST_YEAR, _LAST_YEAR = 1990, 2090
"""Dates outside are slips or stand for “never” (9999-12-31), not events."""
_ENOUGH, _MANY = 20, 200
_FEW = 0.01
_YEAR_SHARE = 0.02
_STEADY = 10
"""Events a month from which on one month can be held against another."""
_MONTH_SHARE, _WHOLE_MONTH = 0.25, 0.75


@dataclass(frozen=True)
class Events:
    """How many events fall on each day."""

    days: Counter[date]

    @property
    def total(self) -> int:
        """How many events there are."""
        return self.days.total()

    @property
    def latest(self) -> date | None:
        """The latest plausible day; none if there are no dates.

        A few dates that stand alone after a gap are slips of the keyboard: at most one in a hundred,
        after more than a month without any event in a large file, or a year in a small one.
        """
        days = sorted(self.days, reverse=True)
        if not days:
            return None
        total = self.days.total()
        gap = timedelta(days=31 if total >= _MANY else 366)
        latest, above = days[0], 0
        for day, earlier in pairwise(days):
            above += self.days[day]
            if total < _ENOUGH or above > max(1, total * _FEW):
                break
            if day - earlier > gap:
                latest = earlier
        return latest

    def after(self, day: date) -> int:
        """How many events are after a day."""
        return sum(count for each, count in self.days.items() if each > day)

    def steady_from(self, end: date) -> date | None:
        """The day from which on events up to `end` are about as many as in its last year; none if too few.

        Cases that were still open when an extract begins bring their earlier days with them, so that its
        first event is no sign of where it begins. It begins with the first month that has at least a
        quarter of the events of a usual one; or the next, where that month is well short of those after.
        """
        months: Counter[int] = Counter()
        for day, count in self.days.items():
            months[day.year * 12 + day.month - 1] += count
        last = end.year * 12 + end.month - 1
        usual = sum(months[last - back] for back in range(1, 13)) / 12
        if usual < _STEADY:
            return None
        first = next(month for month in sorted(months) if months[month] >= usual * _MONTH_SHARE)
        after = [months[month] for month in range(first + 1, min(first + 4, last))]
        if after and months[first] < _WHOLE_MONTH * sum(after) / len(after):
            first += 1
        return date(first // 12, first % 12 + 1, 1)

    def begins(self, start: date, end: date) -> date:
        """The day events begin, of those from `start` to `end`: `start`, unless none come for very long.

        Where they are few, it is the first of them if it is awaited twice as long as any after it.
        """
        if (steady := self.steady_from(end)) is not None:
            return max(start, steady)
        days = sorted(day for day in self.days if start <= day <= end)
        if not days:
            return start
        longest = max(later - day for day, later in pairwise([*days, end]))
        return days[0] if days[0] - start > max(2 * longest, timedelta(days=31)) else start

    @property
    def census_year(self) -> date | None:
        """The 31 March that ends the latest year with a fair share of the events."""
        years: Counter[date] = Counter()
        for day, count in self.days.items():
            years[year_end(day)] += count
        if not years:
            return None
        most = max(years.values())
        return max(year for year, count in years.items() if count >= most * _YEAR_SHARE)


def events_in(columns: Iterable[pa.Array | pa.ChunkedArray]) -> Events:
    """Count the dates of text columns, written as ISO or dd/mm/yyyy; other text is passed over."""
    days: Counter[date] = Counter()
    for column in columns:
        for pair in pc.value_counts(column).to_pylist():
            if pair["values"] is not None and (day := day_of(pair["values"])):
                days[day] += pair["counts"]
    return Events(days)


def day_of(text: str) -> date | None:
    """The day that text writes as ISO date, ISO date-time or dd/mm/yyyy, if it is plausible."""
    if match := _ISO.match(text):
        year, month, day = map(int, match.groups())
    elif match := _DAY_FIRST.match(text):
        day, month, year = map(int, match.groups())
    else:
        return None
    if not _FIRST_YEAR <= year < _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_end(day: date) -> date:
    """The 31 March on or after a day."""
    return date(day.year + ((day.month, day.day) > (3, 31)), 3, 31)


def start_of_months(end: date, months: int) -> date:
    """The first day of the months that end on a day, both included: 6 to 15 March is 16 September."""
    year, month = divmod(end.year * 12 + end.month - 1 - months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(end.day, last)) + timedelta(days=1)
