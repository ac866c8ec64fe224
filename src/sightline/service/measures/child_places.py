"""Where a child belongs: the rows of the returns loaded that still say who works with them.

A row says so while it is open, and for the months of `STILL_THEIRS` after its end or its latest event,
counted back from the end of what the records cover. Whoever worked with a child years ago has no need to
know of them now. Rows that casework fed say nothing here: the apps they are of say it, as things stand.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sightline.intake.combine import ENDS
from sightline.records import Format
from sightline.service.children.whereabouts import Row, still_theirs_since
from sightline.service.measures.child_entries import EVENTS
from sightline.service.measures.parted import rows_as_parted
from sightline.service.measures.reading import current_reading

_WHEN = {table: tuple(event.column for event in events) for table, events in EVENTS.items()} | {
    "care_leaver": ("return_end",),  # how things stood when the return was made
    "care_outcome": ("year_end",),
}
"""The days on which something happened, by table; days due, and those of the file, are none."""


def rows_published_of(child_id: str) -> Sequence[Row]:
    """Give them in what is published; none where nothing is, or the child is not in it."""
    reading = current_reading()
    if reading is None:
        return ()
    since = still_theirs_since(reading.covered_until)
    return [
        row
        for table, (columns, rows) in rows_as_parted(reading, child_id).items()
        for values in rows
        if _still_tells(table, row := dict(zip(columns, values, strict=True)), since)
    ]


def _still_tells(table: str, row: Row, since: date) -> bool:
    if row["source"] == Format.CASEWORK:
        return False
    days = _WHEN.get(table, ())
    if (end := ENDS.get(table)) and row.get("no_further_action") is not True:
        if row[end] is None:
            return True
        days = (end,)
    return any(_day(row[name]) >= since for name in days)


def _day(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.min
