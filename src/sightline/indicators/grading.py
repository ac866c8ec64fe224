"""The data-quality grade that travels with every figure, with its reason in a sentence.

The share of usable rows is taken over the fields the definition needs: rows of a table on which a
finding of kind error rests, counted once, are not usable. A failed rule on one of the fields makes the
grade E, because nobody knows.
"""

from collections.abc import Iterable, Mapping
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

    `rows` is the number of rows of each table; `broken` the number of rows with an error on a field
    (`table.column`); `failed` the fields of failed rules; `covered` the stretches of days that the
    returns filling each table cover, both ends included.
    """

    rows: Mapping[str, int] = field(default_factory=dict)
    broken: Mapping[str, int] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()
    covered: Mapping[str, tuple[tuple[date, date], ...]] = field(default_factory=dict)

    def grade(self, fields: Iterable[str], start: date, end: date) -> Grade:
        """Grade a figure that needs these fields, over the days from `start` to `end`."""
        needed = [either.strip() for name in fields for either in name.split(" or ")]
        if failed := [name for name in needed if name in self.failed]:
            return Grade("E", f"A check of {failed[0]} failed, so its quality is not known.")
        tables = dict.fromkeys(name.split(".")[0] for name in needed)
        for table in tables:
            if table in self.covered and not covers(self.covered[table], start, end):
                return Grade(
                    "-",
                    f"No loaded file covers {table.replace('_', ' ')} for the whole of "
                    f"{start:%-d %B %Y} to {end:%-d %B %Y}."
                    if start != end
                    else f"No loaded file covers {table.replace('_', ' ')} on {end:%-d %B %Y}.",
                )
        worst, share = "", 1.0
        for name in needed:
            rows = self.rows.get(name.split(".")[0], 0)
            usable = 1 - self.broken.get(name, 0) / rows if rows else 1.0
            if usable < share:
                worst, share = name, max(usable, 0.0)
        letter = next((letter for letter, least in BOUNDS if share >= least), "E")
        if not worst:
            return Grade(letter, "No row has an error in the fields it uses.")
        table, column = worst.split(".")
        broken, rows = self.broken[worst], self.rows[table]
        return Grade(
            letter,
            f"{broken:,} of {rows:,} rows of {table.replace('_', ' ')} have an error in "
            f"{column.replace('_', ' ')}.",
        )


def covers(stretches: Iterable[tuple[date, date]], start: date, end: date) -> bool:
    """Say whether the stretches together hold every day from `start` to `end`."""
    reached = start - timedelta(days=1)
    for first, last in sorted(stretches):
        if first <= reached + timedelta(days=1):
            reached = max(reached, last)
    return reached >= end
