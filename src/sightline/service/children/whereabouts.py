"""Where a child belongs: the districts, teams and workers of what is open, or has ended of late.

Every app that works with children says how it finds that, once, with `found_by`; a child whom none of them
claims belongs to whoever recorded them (`otherwise_by`). This module knows none of the apps.
"""

from collections.abc import Callable, Mapping, Sequence

Row = Mapping[str, object]
"""A row of a child's record; by `district`, `team` and `worker` it says where the child belongs."""
Finder = Callable[[str], Sequence[Row]]

_finders: list[Finder] = []
_otherwise: list[Finder] = []


def found_by(finder: Finder) -> None:
    """Add what finds the rows of a child by their number; it gives none for a child it does not know.

    It gives rows of what is open, and of what ended within 12 months, and no others.
    """
    if finder not in _finders:
        _finders.append(finder)


def otherwise_by(finder: Finder) -> None:
    """Say what finds the rows of a child whom no app claims."""
    _otherwise[:] = [finder]


def rows_of(child_id: str) -> Sequence[Row]:
    """Give where a child belongs; nothing where nobody claims them."""
    rows = [row for finder in _finders for row in finder(child_id)]
    return rows or [row for finder in _otherwise for row in finder(child_id)]
