"""What every reader gives: the parts of a file as text, and what could not be used.

A reader knows its format's shape and nothing else. It never interprets a value: dates, codes and
numbers stay text until `mapping` turns parts into records, so that one set of rules reads them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import pyarrow as pa

from sightline.records import Format


class UnreadableFileError(Exception):
    """A file that cannot be read at all; the message is one sentence for the person who gave it."""


@dataclass(frozen=True)
class Source:
    """A file that was read. `path` shows members of an archive as `returns.zip/list 1.csv`."""

    path: str
    sha256: str
    size: int
    encoding: str = ""

    @property
    def key(self) -> str:
        """The short name that record rows carry in their `file` column."""
        return self.sha256[:12]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong at one place. `place` is a line, or a sheet and cell."""

    code: str
    file: str
    place: str
    column: str
    value: str
    message: str


def place_of(line: int, sheet: str = "", letter: str = "") -> str:
    """Say where a row or cell stands: `line 12` of a file; `List 6!12`, `List 6!M12` of a workbook."""
    return f"{sheet}!{letter}{line}" if sheet else f"line {line}"


@dataclass(frozen=True)
class Part:
    """One module, list or table of a file: text columns named by the format's own fields.

    `rows` also has `line` (int32): the line of the XML or CSV file, or row of the sheet, from 1.
    Blank values are null. `sheet` is empty but for workbooks. `columns` gives, for a sheet, the
    letter of each field's column, so that a bad cell has an address.
    """

    format: Format
    name: str
    source: Source
    rows: pa.Table
    sheet: str = ""
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """All that one file, or one set of files that belong together, said.

    `period_start` and `period_end` are the days the return covers, both included.
    `facts` are sentences about how it was read (encoding guessed, header row found, year decided).
    `starts` gives the first day for each part that begins later, and `made` the moment at which it was made,
    where it says so.
    """

    format: Format
    sources: tuple[Source, ...]
    parts: tuple[Part, ...]
    period_start: date
    period_end: date
    authority: str = ""
    findings: tuple[Finding, ...] = ()
    facts: tuple[str, ...] = ()
    starts: Mapping[str, date] = field(default_factory=dict)
    made: datetime | None = None
