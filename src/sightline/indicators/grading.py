"""The data-quality grade that travels with every figure, with its reason in a sentence.

The share of usable rows is taken over the fields the definition needs. Rows of a table on which a
finding of kind error rests, counted once, are not usable; nor are rows that gave no record at all. A
failed rule on one of the fields makes the grade E, because nobody knows. Days that no file covers make
it `-`, be they of the period or of those the definition looks back to; so does a field that no file has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

BOUNDS = (("A", 0.99), ("B", 0.95), ("C", 0.90), ("D", 0.75))
"""Least share of usable rows for each grade; below the last it is E."""


@dataclass(frozen=True)
class Grade:
    """A letter and why. `A` to `E`, or `-` where the records do not cover the period."""

    letter: str
    reason: str


@dataclass(frozen=True)
class Quality:
    """What is known of a snapshot's quality.

    `rows` is the number of rows of each table; `lost` the number that gave no record of it at all;
    `broken` the number of rows with an error on a field (`table.column`); `failed` the fields of
    failed rules; `covered` the stretches of days that the returns filling each table cover, both ends
    included. Where nothing is known of coverage it is empty, and not asked about. `unsaid` are the
    fields for which no file loaded has a place.
    """

    rows: Mapping[str, int] = field(default_factory=dict)
    broken: Mapping[str, int] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()
    covered: Mapping[str, tuple[tuple[date, date], ...]] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)
    unsaid: frozenset[str] = frozenset()

    def grade(
        self, fields: Iterable[str], start: date, end: date, since: date | None = None
    ) -> Grade:
        """Grade a figure that needs these fields, over the days from `start` to `end`.

        `since` is the first day it looks back to, where that is before `start`. Of `a or b`, one is
        enough to cover the days.
        """
        fields = list(fields)
        needed = [[either.strip() for either in name.split(" or ")] for name in fields]
        every = [name for either in needed for name in either]
        if failed := [name for name in every if name in self.failed]:
            return Grade(
                "E", f"A check of {_words(failed[0])} failed, so its quality is not known."
            )
        if self.covered and (gap := self._gap(needed, start, end, since or start)):
            return Grade("-", gap)
        if unsaid := self.lacking(fields):
            table, column = unsaid.split(".")
            return Grade("-", f"No loaded file has the {_words(column)} of each {_words(table)}.")
        return self._share(every)

    def lacking(self, fields: Iterable[str]) -> str:
        """Give the first of the fields that no loaded file has; empty where there is none such."""
        either = ([name.strip() for name in field.split(" or ")] for field in fields)
        return next((names[0] for names in either if self.unsaid.issuperset(names)), "")

    def _gap(self, needed: Iterable[Sequence[str]], start: date, end: date, since: date) -> str:
        """Say which days nothing loaded covers; empty where all are covered."""
        tables = dict.fromkeys(
            tuple(dict.fromkeys(name.split(".")[0] for name in either)) for either in needed
        )
        for either in tables:
            stretches = [self.covered.get(table, ()) for table in either]
            what = " or ".join(_words(table) for table in either)
            if not any(covers(each, start, end) for each in stretches):
                days = (
                    f"on {_day(end)}" if start == end else f"for the whole of {_days(start, end)}"
                )
                return f"No loaded file covers {what} {days}."
            if not any(covers(each, since, end) for each in stretches):
                return (
                    f"It looks back to {_day(since)}, and no loaded file covers {what} for the whole "
                    f"of {_days(since, start - timedelta(days=1))}: what is not held is not counted."
                )
        return ""

    def _share(self, every: Iterable[str]) -> Grade:
        """Grade by the field with the smallest share of usable rows."""
        worst, share = "", 1.0
        for name in every:
            table = name.split(".")[0]
            lost = self.lost.get(table, 0)
            rows = self.rows.get(table, 0) + lost
            usable = 1 - (self.broken.get(name, 0) + lost) / rows if rows else 1.0
            if usable < share:
                worst, share = name, max(usable, 0.0)
        letter = next((letter for letter, least in BOUNDS if share >= least), "E")
        if not worst:
            return Grade(letter, "No row has an error in the fields it uses.")
        return Grade(letter, self._why(*worst.split(".")))

    def _why(self, table: str, column: str) -> str:
        lost, broken = self.lost.get(table, 0), self.broken.get(f"{table}.{column}", 0)
        of = f"of {self.rows.get(table, 0) + lost:,} rows of {_words(table)}"
        wrong = f"have an error in {_words(column)}"
        if not lost:
            return f"{broken:,} {of} {wrong}."
        unread = f"{lost:,} {of} could not be read"
        return f"{unread}, and {broken:,} {wrong}." if broken else f"{unread}."


def _words(name: str) -> str:
    return name.replace("_", " ")


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _days(start: date, end: date) -> str:
    return f"{_day(start)} to {_day(end)}"


def covers(stretches: Iterable[tuple[date, date]], start: date, end: date) -> bool:
    """Say whether the stretches together hold every day from `start` to `end`."""
    reached = start - timedelta(days=1)
    for first, last in sorted(stretches):
        if first <= reached + timedelta(days=1):
            reached = max(reached, last)
    return reached >= end
