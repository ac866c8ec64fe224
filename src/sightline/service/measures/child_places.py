"""Where a child belongs: the rows published of them that still say who works with them.

A row says so while it is open, and for the months of `STILL_THEIRS` after the last day it tells of, counted
back from the end of what the records cover. Whoever worked with a child years ago has no need to know of
them now.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sightline.intake.combine import ENDS
from sightline.service.children.whereabouts import Row, still_theirs_since
from sightline.service.measures.reading import Reading, current_reading


def rows_published_of(child_id: str) -> Sequence[Row]:
    """Give them in what is published; none where nothing is, or the child is not in it."""
    reading = current_reading()
    return places_of_child(reading, child_id) if reading else ()


def places_of_child(reading: Reading, child_id: str) -> list[Row]:
    """Give the rows that say where a child belongs."""
    since = still_theirs_since(reading.covered_until)
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
