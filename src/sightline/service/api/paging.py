"""Pages of figures and of lists, in one order; each page says where the next begins.

A cursor is a place in the order, with a mark of who asked, the question and the snapshot it belongs to: with
another question, or once another snapshot is published, it is refused rather than give a page of something
else. Only the service can make a mark, so that nobody goes on from a first page that is not on record.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.utils.crypto import salted_hmac

from sightline.clocks.months import periods
from sightline.indicators.definition import Definition, catalogue
from sightline.indicators.engine import Period
from sightline.indicators.figures import Figure
from sightline.present.figure_file import KeptFigures
from sightline.service.api.asking import AskedFigures, AskedPage
from sightline.service.api.problems import ProblemError

Row = TypeVar("Row")
_OTHER = (
    "This cursor belongs to another question, or another snapshot has been published since. Begin again "
    "without a cursor."
)


@dataclass(frozen=True)
class Place:
    """A place in the order: in which list of several, and after how many of it."""

    of: int = 0
    after: int = 0


def mark_of(asked: AskedPage, snapshot: str, *, protected: bool, person: int) -> str:
    """Give the mark of a person's question to a snapshot: the same for each of its pages."""
    question = asked.model_dump(mode="json", exclude={"cursor", "limit", "form"})
    text = json.dumps([type(asked).__name__, question, snapshot, protected, person], sort_keys=True)
    return salted_hmac("api cursor", text, algorithm="sha256").hexdigest()[:16]


def place_of(cursor: str | None, mark: str) -> Place:
    """Read a cursor; `ProblemError` where it is another question's."""
    if cursor is None:
        return Place()
    of, after, marked = cursor.split("-")
    if marked != mark:
        raise ProblemError(409, _OTHER)
    return Place(int(of), int(after))


def page(
    lists: Sequence[Callable[[], Sequence[Row]]], place: Place, limit: int
) -> tuple[list[Row], Place | None]:
    """Give up to `limit` rows of several lists, one after the other, and where the next page begins.

    A list is made only when a page needs it. The last page may be empty.
    """
    rows: list[Row] = []
    for number in range(place.of, len(lists)):
        after = place.after if number == place.of else 0
        room = limit - len(rows)
        found = lists[number]()
        rows += found[after : after + room]
        if len(found) - after > room:
            return rows, Place(number, after + room)
        if len(rows) == limit and number + 1 < len(lists):
            return rows, Place(number + 1)
    return rows, None


def cursor_of(place: Place, mark: str) -> str:
    """Write a cursor."""
    return f"{place.of}-{place.after}-{mark}"


def figure_lists(
    kept: KeptFigures, asked: AskedFigures, *, with_workers: bool
) -> list[Callable[[], Sequence[Figure]]]:
    """Give the figures asked for, a list for each version of an indicator, in the catalogue's order.

    Within a version they are by period, then by dimension and group.
    """
    by = {name for name in asked.by if with_workers or name != "worker"}
    there = set(kept.definitions)

    def lister(definition: Definition) -> Callable[[], Sequence[Figure]]:
        return lambda: sorted(
            (
                figure
                for figure in kept.of(definition, by)
                if figure.by in by and _is_asked_for(figure, asked)
            ),
            key=_order,
        )

    return [
        lister(each)
        for each in catalogue()
        if each in there and (not asked.indicator or each.code in asked.indicator)
    ]


def _order(figure: Figure) -> tuple[Any, ...]:
    return figure.period_end, figure.period_start, figure.by, figure.group


def _is_asked_for(figure: Figure, asked: AskedFigures) -> bool:
    return (
        (not asked.group or figure.group in asked.group)
        and (asked.first is None or figure.period_start >= asked.first)
        and (asked.last is None or figure.period_end <= asked.last)
        and (not asked.step or step_of((figure.period_start, figure.period_end)) in asked.step)
        and (asked.every_version or figure.definition.in_force(figure.period_end))
    )


@lru_cache(maxsize=4096)
def step_of(period: Period) -> str:
    """Say whether a period is a calendar month, a quarter, a year to 31 March, or none of these."""
    first, last = period
    return next(
        (step for step in ("month", "quarter", "year") if _is_one(step, first, last)), "other"
    )


def _is_one(step: str, first: date, last: date) -> bool:
    return (first, last) in periods(step, last, last)
