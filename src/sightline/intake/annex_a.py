"""Annex A: the 11 child-level lists an authority gives Ofsted at inspection.

A workbook of 11 sheets, or a CSV file a list. Parts are named by the list's number, `1` to `11`,
and their fields by the list's headers as `annex_a.toml` spells them. The lists do not say the day
they were made, so it is asked for (`as_at`) or told from the latest event in them; and Ofsted asks for
six months. Notes beside the lists, as a sheet “About”, may state both: “The lists cover 1 April 2015 to
31 March 2016.” More than six months are believed only where the lists show them.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files

from sightline.intake.layouts import Layout, Taken
from sightline.intake.periods import day_of, events_in, start_of_months
from sightline.intake.table_sets import Period, events_of
from sightline.records import Format

MONTHS = 6
"""Months that lists 1 to 9 cover; lists 10 and 11 cover twelve."""

_TWELVE_MONTHS = {"10", "11"}
_ALL_WITHIN = {"1", "3"}
"""Lists of which every row is of an event in the months covered."""
_DATE = r"(\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}|\d{1,2} [a-z]+ \d{4})(?:t[\d:]+)?"
_STATED = re.compile(
    rf"\blists cover\s+(?:from )?{_DATE}\s*(?:to|until|-|–)\s*{_DATE}", re.IGNORECASE
)
_A_MONTH = timedelta(days=31)
_QUIET = timedelta(days=7)
"""Time without an event that is nothing out of the way, as at Easter; for ends of work, a month."""
_BY_CHANCE = 0.001


@dataclass(frozen=True)
class Stated:
    """The days that notes say the lists cover, both included, and where they say it."""

    start: date
    end: date
    where: str

    @property
    def says(self) -> str:
        """The beginning of a sentence on it."""
        return f"{self.where} says that the lists cover {self.start} to {self.end}"

    def fits(self, latest: date | None) -> bool:
        """Whether the latest event is of the last month of these days, so that it is not out of date."""
        return latest is not None and self.end - _A_MONTH <= latest <= self.end


@cache
def layouts() -> tuple[Layout, ...]:
    """The 11 lists."""
    data = tomllib.loads((files("sightline.intake") / "annex_a.toml").read_text("utf-8"))
    return tuple(
        Layout(
            Format.ANNEX_A,
            each["number"],
            f"List {each['number']}",
            tuple(each["columns"]),
            names=(f"list {each['number']}", *each["names"]),
            events=tuple(each["events"]),
            common=frozenset(data["common"]),
            optional=frozenset(each.get("since_2024", ())),
            also_written=data["also_written"],
        )
        for each in data["list"]
    )


def stated_in(notes: str, where: str) -> Stated | None:
    """The days that notes say the lists cover; none if they do not, or it is no stretch of days."""
    if not (match := _STATED.search(" ".join(notes.split()))):
        return None
    start, end = map(_day, match.groups())
    return Stated(start, end, where) if start and end and start <= end else None


def _day(text: str) -> date | None:
    if day := day_of(text):
        return day
    for written in ("%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text, written).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def period_of(
    taken: Sequence[Taken], as_at: date | None, stated: Stated | None = None
) -> Period | None:
    """The months that end on the day stated, or else on that of the latest event.

    They are six, unless notes state other days and the lists bear them out.
    """
    events = events_of(taken)
    facts = []
    if stated and not stated.fits(events.latest):
        facts.append(
            f"{stated.says}, but their latest event is of {events.latest}; it was not used."
        )
        stated = None
    end = as_at or (stated.end if stated else events.latest)
    if end is None:
        return None
    start = start_of_months(end, MONTHS)
    if stated and stated.start <= end:
        start, said = _stated_start(taken, stated, start, end)
        facts.append(said)
    elif early := sum(
        count
        for each in taken
        if each.part.name in _ALL_WITHIN
        for day, count in _window_of([each]).items()
        if day < start
    ):
        facts.append(
            f"{early:,} contacts and referrals are from before {start}, six months "
            "before the last day, and so from days that the lists are not known to cover. If they "
            "do, add a sheet “About” that says “The lists cover 1 April 2015 to 31 March 2016.”, "
            "with the days that are right."
        )
    if not as_at and not stated:
        facts.append(
            "Annex A does not say the day it was made; the latest event in it is of "
            f"{end.isoformat()}, so it is read as made that day. State another with --as-at."
        )
    if later := events.after(end):
        facts.append(f"{later} dates of events are after {end.isoformat()}.")
    if not stated and any(each.part.name in _TWELVE_MONTHS for each in taken):
        facts.append("Lists 10 and 11 cover twelve months, the others six.")
    return Period(start, end, tuple(facts))


@cache
def _window_columns() -> dict[str, tuple[str, ...]]:
    """The columns of each list whose dates lie in the months it covers."""
    data = tomllib.loads((files("sightline.intake") / "annex_a.toml").read_text("utf-8"))
    return {each["number"]: tuple(each.get("window", ())) for each in data["list"]}


def _window_of(taken: Sequence[Taken]) -> Counter[date]:
    """How many events of lists fall on each day that the lists cover."""
    return events_in(
        each.part.rows[column]
        for each in taken
        for column in _window_columns()[each.part.name]
        if column in each.part.rows.column_names
    ).days


def _stated_start(
    taken: Sequence[Taken], stated: Stated, usual: date, end: date
) -> tuple[date, str]:
    """The first day that the lists cover, as stated or as they show, and a sentence on it."""
    start = stated.start
    first = {each.layout.title: _first_shown(each, start, end) for each in taken}
    late = {title: day for title, day in first.items() if day > start}
    if start >= usual or not late:
        return start, f"{stated.says}."
    title = max(late, key=lambda each: late[each])
    shown = min(late[title], usual)
    return shown, (
        f"{stated.says}, but {title} has nothing from before {late[title]}, so they are taken to "
        f"cover {shown} on."
    )


def _first_shown(taken: Taken, start: date, end: date) -> date:
    """The first day that a list shows it covers: the one stated, unless too long without an event.

    Too long is what would hardly come by chance, were as many events spread over the days stated.
    """
    days = {day: count for day, count in _window_of([taken]).items() if start <= day <= end}
    if not days:
        return start
    first = min(days)
    quiet = _QUIET if taken.part.name in _ALL_WITHIN else _A_MONTH
    without = max(timedelta(), first - start - quiet) / (end - start + timedelta(days=1))
    return first if (1 - without) ** sum(days.values()) < _BY_CHANCE else start
