"""Where a child belongs: the districts, teams and workers of what is open, or has ended of late.

Every app that works with children says how it finds that, once, with `found_by`; a child whom none of them
claims belongs to whoever recorded them (`otherwise_by`). This module knows none of the apps.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.utils import timezone

from sightline.clocks.months import add_months

Row = Mapping[str, object]
"""A row of a child's record; by `district`, `team` and `worker` it says where the child belongs."""
Finder = Callable[[str], Sequence[Row]]

STILL_THEIRS = 12
"""Months for which work that has ended still lets its team and whoever did it open the child's record: long
enough to finish what is left to write, and no longer."""

_finders: list[Finder] = []
_otherwise: list[Finder] = []


def still_theirs_since(day: date | None = None) -> date:
    """Give the earliest end of work that still lets those who did it open the record on a day, else today."""
    return add_months(day or timezone.localdate(), -STILL_THEIRS)


class Rows(Iterable[Row]):
    """Rows found as they are asked for, and kept: whom the first lets in does not wait for the rest."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._rest = iter(rows)
        self._found: list[Row] = []

    def __iter__(self) -> Iterator[Row]:
        """Give those found already, and go on where the finding stopped."""
        place = 0
        while True:
            if place == len(self._found):
                row = next(self._rest, None)
                if row is None:
                    return
                self._found.append(row)
            yield self._found[place]
            place += 1


def found_by(finder: Finder, *, slow: bool = False) -> None:
    """Add what finds the rows of a child by their number; it gives none for a child it does not know.

    It gives rows of what is open, and of what ended within 12 months, and no others. One that is `slow` is
    asked after the others.
    """
    if finder not in _finders:
        _finders.insert(len(_finders) if slow else 0, finder)


def otherwise_by(finder: Finder) -> None:
    """Say what finds the rows of a child whom no app claims."""
    _otherwise[:] = [finder]


def rows_of(child_id: str) -> Generator[Row, None, bool]:
    """Give where a child belongs, none where nobody claims them; return whether an app does."""
    claimed = False
    for finder in _finders:
        for row in finder(child_id):
            claimed = True
            yield row
    if not claimed:
        for finder in _otherwise:
            yield from finder(child_id)
    return claimed
