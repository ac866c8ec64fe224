"""Where a child belongs: the rows published of them that still say who works with them.

A row says so while it is open, and for `STILL_THEIRS` months after the last day it tells of, counted back
from the end of what the records cover: long enough to finish what is left to write, and no longer.
Whoever worked with a child years ago has no need to know of them now.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sightline.clocks.months import add_months
from sightline.intake.combine import ENDS
from sightline.service.children.whereabouts import Row
from sightline.service.measures.reading import Reading, current_reading

STILL_THEIRS = 12
"""Months for which work that has ended still lets its team and worker open the child's record."""


def rows_published_of(child_id: str) -> Sequence[Row]:
    """Give them in what is published; none where nothing is, or the child is not in it."""
    reading = current_reading()
    return places_of_child(reading, child_id) if reading else ()


def places_of_child(reading: Reading, child_id: str) -> list[Row]:
    """Give the rows that say where a child belongs."""
    since = add_months(reading.covered_until, -STILL_THEIRS)
    return [
        row
        for table, (columns, rows) in reading.rows_of_child(child_id).items()
        for values in rows
        if _still_tells(table, row := dict(zip(columns, values, strict=True)), since)
    ]


def _still_tells(table: str, row: Row, since: date) -> bool:
    end = ENDS.get(table)
    if end is not None and row[end] is None:
        return True
    days = [value for value in row.values() if isinstance(value, date)]
    last = max((d.date() if isinstance(d, datetime) else d for d in days), default=date.min)
    return last >= since
