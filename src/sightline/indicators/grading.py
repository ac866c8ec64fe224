"""The data-quality grade that travels with every figure, with its reason in a sentence.

The share of usable rows is taken over the fields the definition needs. Rows of a table on which a
finding of kind error rests, counted once, are not usable; nor are rows that gave no record at all. A
failed rule on one of the fields makes the grade E, because nobody knows. Days that no file covers make
it `-`, be they of the period or of those the definition looks back to; so does a field that no file has.

A group of a breakdown (a district, a team) is graded by its own rows. A figure is not usable, and is
withheld, where a rule failed, where fewer than half of the rows are usable (if there are enough rows to
tell), or where no file covers any day of its period: then nothing is known, and a number would be taken
for knowledge.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

BOUNDS = (("A", 0.99), ("B", 0.95), ("C", 0.90), ("D", 0.75))
"""Least share of usable rows for each grade; below the last it is E."""
LEAST_USABLE = 0.5
"""Below this share of usable rows a figure is withheld."""
ENOUGH_ROWS = 20
"""Of fewer rows a share says little, and a person can look at each: such a figure is not withheld."""
GROUPINGS = ("district", "team")
"""Breakdowns whose groups have a grade of their own."""

GroupRows = Mapping[tuple[str, str], tuple[int, int]]
"""By field (`table.column`) and group: how many rows there are, and how many have an error."""


@dataclass(frozen=True)
class Grade:
    """A letter and why. `A` to `E`, or `-` where the records do not cover the period.

    `usable` is false where the figure is to be withheld.
    """

    letter: str
    reason: str
    usable: bool = True


@dataclass(frozen=True)
class Quality:
    """What is known of a snapshot's quality.

    `rows` is the number of rows of each table; `lost` the number that gave no record of it at all;
    `broken` the number of rows with an error on a field (`table.column`); `failed` the fields of
    failed rules; `covered` the stretches of days that the returns filling each table cover, both ends
    included, and of a field by its name where they are others. Where nothing is known of coverage it is
    empty, and not asked about. `unsaid` are the fields for which no file loaded has a place. `of_groups`
    gives, for one of `GROUPINGS`, the rows of each group, for fields with an error anywhere.
    """

    rows: Mapping[str, int] = field(default_factory=dict)
    broken: Mapping[str, int] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()
    covered: Mapping[str, tuple[tuple[date, date], ...]] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)
    unsaid: frozenset[str] = frozenset()
    of_groups: Callable[[str], GroupRows] = lambda _: {}

    def grade(
        self,
        fields: Iterable[str],
        start: date,
        end: date,
        since: date | None = None,
        instead: str = "",
    ) -> Grade:
        """Grade a figure that needs these fields, over the days from `start` to `end`.

        `since` is the first day it looks back to, where that is before `start`; `instead` the field that
        will do for records of the days before. Of `a or b`, one is enough to cover the days.
        """
        fields = list(fields)
        needed = [[either.strip() for either in name.split(" or ")] for name in fields]
        every = [name for either in needed for name in either]
        if failed := [name for name in every if name in self.failed]:
            return Grade(
                "E",
                f"A check of {_words(failed[0])} failed, so its quality is not known.",
                usable=False,
            )
        if instead and covers(self.covered.get(instead, ()), start, end):
            since = start
        if self.covered and (gap := self._gap(needed, start, end, since or start)):
            return Grade("-", gap, usable=self._touches(needed, start, end))
        if unsaid := self.lacking(fields):
            table, column = unsaid.split(".")
            return Grade("-", f"No loaded file has the {_words(column)} of each {_words(table)}.")
        return self._share(every)

    def grades_of_group(
        self, grades: Sequence[Grade], fields: Iterable[str], by: str, group: str
    ) -> Sequence[Grade]:
        """Give a group's own grades, from those of the total in the same periods.

        Which days are covered, and whether a check failed, is the same for the group as for all.
        """
        every = [either.strip() for name in fields for either in name.split(" or ")]
        if by not in GROUPINGS or not any(self.broken.get(name) for name in every):
            return grades
        own = self._share(every, self.of_groups(by), group)
        return [own if each.usable and each.letter != "-" else each for each in grades]

    def lacking(self, fields: Iterable[str]) -> str:
        """Give the first of the fields that no loaded file has; empty where there is none such."""
        either = ([name.strip() for name in field.split(" or ")] for field in fields)
        return next((names[0] for names in either if self.unsaid.issuperset(names)), "")

    def _gap(self, needed: Iterable[Sequence[str]], start: date, end: date, since: date) -> str:
        """Say which days nothing loaded covers; empty where all are covered."""
        for either in needed:
            stretches = [self.stretches(name) for name in either]
            what = " or ".join(dict.fromkeys(_words(name.split(".")[0]) for name in either))
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

    def stretches(self, name: str) -> tuple[tuple[date, date], ...]:
        """Give the days covered for a field: its own, else those of its table."""
        table, _, _ = name.partition(".")
        return self.covered.get(name, self.covered.get(table, ()))

    def _touches(self, needed: Iterable[Sequence[str]], start: date, end: date) -> bool:
        """Say whether any day of the period is covered for everything that is needed."""
        return all(
            any(
                first <= end and start <= last
                for name in either
                for first, last in self.stretches(name)
            )
            for either in needed
        )

    def _share(
        self, every: Iterable[str], groups: GroupRows | None = None, group: str = ""
    ) -> Grade:
        """Grade by the field with the smallest share of usable rows, of all rows or of a group's."""
        worst, share, said, usable = "", 1.0, "", True
        for name in every:
            rows, broken, lost = self._rows(name, groups, group)
            of_rows = max(1 - (broken + lost) / rows, 0.0) if rows else 1.0
            usable = usable and (of_rows >= LEAST_USABLE or rows < ENOUGH_ROWS)
            if of_rows < share:
                worst, share = name, of_rows
                said = _why(name, rows, broken, lost, group)
        letter = next((letter for letter, least in BOUNDS if share >= least), "E")
        if not worst:
            where = f" in {group}" if group else ""
            return Grade(letter, f"No row{where} has an error in the fields it uses.")
        return Grade(letter, said, usable)

    def _rows(self, name: str, groups: GroupRows | None, group: str) -> tuple[int, int, int]:
        """Give how many rows a field has, how many have an error, and how many gave no record."""
        if groups is not None:
            # A row that gave no record has no group either: it counts against the total alone.
            rows, broken = groups.get((name, group), (0, 0))
            return rows, broken, 0
        table = name.split(".", maxsplit=1)[0]
        lost = self.lost.get(table, 0)
        return self.rows.get(table, 0) + lost, self.broken.get(name, 0), lost


def _why(name: str, rows: int, broken: int, lost: int, group: str) -> str:
    table, column = name.split(".")
    where = f" in {group}" if group else ""
    of = f"of {rows:,} rows of {_words(table)}{where}"
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
