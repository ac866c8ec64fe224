"""A tracker that was kept as a table, CSV or workbook: read by its headings and checked row by row.

Each wrong row is told with its number in the file and its value. Nothing is stored here.
"""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from sightline.service.scrutiny.identifying import what_may_identify
from sightline.service.scrutiny.models import AskKind, AskState

MOST_ROWS = 500
LARGEST = 2_000_000
"""Bytes a tracker may have."""
HEADINGS: dict[str, tuple[str, ...]] = {
    "reference": (
        "reference",
        "ref",
        "no",
        "number",
        "minute",
        "minute number",
        "minute no",
        "action no",
    ),
    "text": (
        *(
            "request",
            "recommendation",
            "action",
            "ask",
            "full text",
            "text",
            "wording",
            "action required",
        ),
        *("recommendations", "outstanding action", "matter"),
    ),
    "made_on": (
        "date",
        "meeting",
        "meeting date",
        "date of meeting",
        "made on",
        "date raised",
        "raised",
    ),
    "addressee": (
        "addressee",
        "asked of",
        "body",
        "executive member",
        "portfolio holder",
        "relevant member",
    ),
    "lead": ("lead", "lead officer", "officer", "owner", "responsible officer", "responsible"),
    "due": ("due", "due date", "deadline", "target date", "timescale", "by when"),
    "state": ("status", "state", "progress status"),
    "kind": ("kind", "type"),
    "note": ("action taken", "progress", "update", "response", "comments", "outcome", "notes"),
}
"""Headings a column is known by, in small letters without punctuation."""
REQUIRED = ("reference", "text")
STATES: dict[str, AskState] = {
    **{each.label.lower(): each for each in AskState if each is not AskState.CLOSED},
    **dict.fromkeys(("", "open", "new", "outstanding", "not started"), AskState.SENT),
    **dict.fromkeys(
        ("ongoing", "in progress", "underway", "on track", "amber"), AskState.IN_PROGRESS
    ),
    **dict.fromkeys(("answered", "response received", "replied"), AskState.REPLIED),
    **dict.fromkeys(("accepted", "agreed"), AskState.ACCEPTED),
    **dict.fromkeys(("partially accepted", "accepted in part"), AskState.PART_ACCEPTED),
    **dict.fromkeys(("rejected", "not accepted"), AskState.REJECTED),
    **dict.fromkeys(("complete", "completed", "done", "achieved", "green"), AskState.IN_PROGRESS),
}
"""What a tracker calls a state. "Complete" is an officer's word: here the committee closes a request."""
KINDS: dict[str, AskKind] = {
    "": AskKind.REQUEST,
    **{each.label.lower(): each for each in AskKind},
    **{each.value: each for each in AskKind},
    "action": AskKind.REQUEST,
}


class TrackerError(ValueError):
    """The file as a whole cannot be read as a tracker; the message says why."""


@dataclass
class TrackerRow:
    """One row: its number in the file, what it gives, and what is wrong with it, with the value."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Tracker:
    """A tracker as it was read: the headings that are known and those left aside, and its rows."""

    known: dict[str, str]
    unknown: tuple[str, ...]
    rows: tuple[TrackerRow, ...]

    @property
    def right(self) -> list[TrackerRow]:
        """The rows with nothing wrong."""
        return [row for row in self.rows if not row.problems]

    @property
    def wrong(self) -> list[TrackerRow]:
        """The rows with something wrong."""
        return [row for row in self.rows if row.problems]


def read_tracker(
    name: str,
    data: bytes,
    *,
    taken: frozenset[str] = frozenset(),
    leads: dict[str, int] | None = None,
) -> Tracker:
    """Read a tracker; `taken` are the references the committee has, `leads` the numbers of people by name.

    `TrackerError` if it is no table, or lacks a heading that is needed.
    """
    if len(data) > LARGEST:
        raise TrackerError(f"{name} is larger than {LARGEST // 1_000_000} MB.")
    cells = (
        _workbook(name, data)
        if name.lower().endswith((".xlsx", ".xls", ".ods"))
        else _csv(name, data)
    )
    head = next((at for at, row in enumerate(cells) if _columns(row).keys() >= set(REQUIRED)), None)
    if head is None:
        named = " and ".join(f"“{each}”" for each in ("Reference", "Request"))
        raise TrackerError(
            f"{name} has no row of headings with {named}. Known headings are: "
            + "; ".join(f"{_NAMES[key]}: {', '.join(words)}" for key, words in HEADINGS.items())
            + "."
        )
    columns = _columns(cells[head])
    body = [
        (number, row)
        for number, row in enumerate(cells[head + 1 :], start=head + 2)
        if any(_text(cell) for cell in row)
    ]
    if not body:
        raise TrackerError(f"{name} has headings in row {head + 1} and no row below them.")
    if len(body) > MOST_ROWS:
        raise TrackerError(f"{name} has {len(body):,} rows; at most {MOST_ROWS} are taken at once.")
    seen: dict[str, int] = {}
    rows = []
    for number, cells_of_row in body:
        row = _row(number, cells_of_row, columns, leads or {})
        reference = row.values.get("reference", "")
        if reference in seen:
            row.problems.append(f"Reference “{reference}” stands in row {seen[reference]} already.")
        elif reference in taken:
            row.problems.append(f"Reference “{reference}” is in the tracker already.")
        elif reference:
            seen[reference] = number
        rows.append(row)
    heads = [_text(cell) for cell in cells[head]]
    known = {key: heads[at] for key, at in columns.items()}
    unknown = tuple(each for at, each in enumerate(heads) if each and at not in columns.values())
    return Tracker(known, unknown, tuple(rows))


_NAMES = {
    "reference": "Reference",
    "text": "Request",
    "made_on": "Date it was made",
    "addressee": "Asked of",
    "lead": "Lead officer",
    "due": "Due",
    "state": "State",
    "kind": "Kind",
    "note": "Notes",
}
"""What each column is called here."""


def name_of(key: str) -> str:
    """Name a column of the tracker."""
    return _NAMES[key]


def _columns(row: Sequence[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    plain = [re.sub(r"[^a-z ]", "", _text(cell).lower()).strip() for cell in row]
    for key, words in HEADINGS.items():
        for at, text in enumerate(plain):
            if text in words and at not in found.values():
                found.setdefault(key, at)
    return found


def _row(
    number: int, cells: Sequence[Any], columns: dict[str, int], leads: dict[str, int]
) -> TrackerRow:
    row = TrackerRow(number)
    given = {key: cells[at] if at < len(cells) else "" for key, at in columns.items()}
    for key, read in _READERS.items():
        if key not in given:
            continue
        try:
            row.values[key] = read(given[key])
        except ValueError as error:
            row.problems.append(f"{_NAMES[key]}: {error}")
    for key in REQUIRED:
        if not row.values.get(key) and not any(
            each.startswith(_NAMES[key]) for each in row.problems
        ):
            row.problems.append(f"{_NAMES[key]} is empty.")
    if lead := row.values.get("lead"):
        if lead.lower() in leads:
            row.values["lead_id"] = leads[lead.lower()]
        else:
            row.values["lead_id"] = None
            row.values["note"] = f"Lead officer: {lead}. {row.values.get('note') or ''}".strip()
    return row


def _reference(cell: Any) -> str:
    text = _text(cell)
    if len(text) > 40:
        raise ValueError(f"“{text[:60]}…” is longer than 40 characters.")
    return text


def _words(cell: Any) -> str:
    text = _text(cell)
    if said := what_may_identify(text):
        raise ValueError(f"{said} The row is left out of what is shown here.")
    return text


def _date(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    if not text:
        return None
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d.%m.%Y", "%d-%m-%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(f"“{text[:60]}” is no date. Write it as 31/03/2016.")


def _due(cell: Any) -> tuple[str, str]:
    """Give a due day as ISO and words: a date, or words that are kept and reckoned."""
    try:
        day = _date(cell)
    except ValueError:
        return "", _text(cell)[:200]
    return (day.isoformat() if day else ""), ""


def _one_of(known: dict[str, Any]) -> Callable[[Any], str]:
    def read(cell: Any) -> str:
        text = _text(cell).lower()
        if text in ("closed", "closed by the committee"):
            raise ValueError(
                f"“{_text(cell)}”: the committee closes a request at a meeting and minute, which a tracker "
                "does not prove. Leave the row out, or call it Replied and close it here."
            )
        if text not in known:
            raise ValueError(
                f"“{_text(cell)[:60]}” is not known. Known are: {', '.join(filter(None, known))}."
            )
        return str(known[text].value)

    return read


_READERS: dict[str, Callable[[Any], Any]] = {
    "reference": _reference,
    "text": _words,
    "made_on": lambda cell: day.isoformat() if (day := _date(cell)) else "",
    "addressee": lambda cell: _text(cell)[:300],
    "lead": lambda cell: _text(cell)[:200],
    "due": _due,
    "state": _one_of(STATES),
    "kind": _one_of(KINDS),
    "note": _words,
}


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).replace("\0", "").split())


def _csv(name: str, data: bytes) -> list[list[Any]]:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise TrackerError(f"{name} is neither CSV nor a workbook.")
    first = text[:4000]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise TrackerError(f"{name} cannot be read as CSV: {error}.") from None


def _workbook(name: str, data: bytes) -> list[list[Any]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            book.get_sheet_by_name(each).to_python(skip_empty_area=False)
            for each in book.sheet_names
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise TrackerError(f"{name} cannot be read as a workbook: {error}.") from None
    for cells in sheets:
        if any(_columns(row).keys() >= set(REQUIRED) for row in cells):
            return cells
    return sheets[0] if sheets else []
