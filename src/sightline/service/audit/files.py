"""The audit as a file: CSV as it is read, or a workbook. No cell can run as a formula."""

import csv
import io
from collections.abc import Iterator, Sequence

from django.utils import timezone

from sightline.export.tables import safe
from sightline.present import sheets
from sightline.present.sheets import LONG, LONGEST, WHOLE, Column, Facts, Sheet
from sightline.service.audit.about import HIDDEN, Closed
from sightline.service.audit.chain import written
from sightline.service.audit.models import AuditEntry
from sightline.service.audit.queries import Wanted, in_batches

MOST = {"csv": 1_000_000, "xlsx": 50_000}
"""Entries a file may have: a workbook is put together in memory."""
COLUMNS = (
    "number",
    "at",
    "actor",
    "actor_name",
    "role",
    "reason",
    "request",
    "verb",
    "subject",
    "subject_id",
    "before",
    "after",
    "previous",
    "hash",
)
KEEP = (
    "It holds what rows were and became, with names, addresses and what children said: keep it as you keep "
    "case files. What rows of restricted children whom you may not know of were and became is left out, and "
    "so are the reasons given."
)
_CLOSED = ("reason", "before", "after")
"""What is left out of an entry that is closed to a reader: what may tell of the child."""
_LINES = 500
"""Lines that are sent at once."""


def _row(entry: AuditEntry, closed: Closed | None) -> tuple[str | int, ...]:
    told = {"at": f"{written(entry.at)}Z"}
    if closed and closed.hides(entry):
        told |= {name: HIDDEN for name in _CLOSED if getattr(entry, name)}
    return tuple(told.get(name, getattr(entry, name) or "") for name in COLUMNS)


def csv_lines(wanted: Wanted, closed: Closed | None = None) -> Iterator[str]:
    """Give the entries as CSV, latest first, some hundred lines at a time, without what is closed to a
    reader; to whoever has the database nothing is.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, entry in enumerate(in_batches(wanted, MOST["csv"]), start=1):
        writer.writerow([safe(cell) for cell in _row(entry, closed)])
        if number % _LINES == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def workbook(
    wanted: Wanted, said: Sequence[tuple[str, str]], closed: Closed | None = None
) -> bytes:
    """Give the entries as a workbook; `said` is what it was narrowed by, in words."""
    made = timezone.localdate()
    shown = {"number": WHOLE, "before": LONG, "after": LONG, "reason": LONG}
    widths = {"number": 10, "before": 60, "after": 60, "reason": 40, "at": 28, "actor_name": 26}
    sheet = Sheet(
        "Audit",
        "Audit entries",
        "Latest first. Times are UTC.",
        tuple(Column(name, widths.get(name, 18), shown.get(name, "text")) for name in COLUMNS),
        [_row(entry, closed) for entry in in_batches(wanted, MOST["xlsx"])],
    )
    facts = Facts(
        "Audit",
        "Who did what to which record, when, in which role and why.",
        [
            *said,
            ("Keep", KEEP),
            ("Long texts", f"A cell holds {LONGEST:,} characters at most; the CSV has all."),
        ],
    )
    return sheets.render(facts, [sheet], title="Audit", author="Sightline", comments="", made=made)
