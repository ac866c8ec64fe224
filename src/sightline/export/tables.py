"""Tables on their way to a file, whatever the file: rows of cells under the format's own headings."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

Cell = str | int | float | date | None
_RUN = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass
class Table:
    """The rows of one list or table. Faults are planted in it before it is written."""

    name: str
    columns: Sequence[str]
    rows: list[list[Cell]] = field(default_factory=list)

    def add(self, *cells: Cell) -> None:
        """Add a row, with a cell for each column."""
        self.rows.append(list(cells))


def write_csv(
    path: Path,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    day_text: Callable[[date], str],
    *,
    blank_lines: int = 0,
    add: bool = False,
) -> None:
    """Write rows as CSV; dates as `day_text` writes them, and so many blank lines at the end.

    With `add`, they go after those of a file that is there, which has its header.
    Blank lines say nothing, but tell apart the files of two years that hold the same rows.
    """
    with path.open("a" if add else "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        if not add:
            writer.writerow(columns)
        writer.writerows(_texts(rows, day_text))
        file.write("\r\n" * blank_lines)


def _texts(
    rows: Iterable[Sequence[Cell]], day_text: Callable[[date], str]
) -> Iterable[list[str | int | float | None]]:
    for row in rows:
        yield [day_text(cell) if isinstance(cell, date) else cell for cell in row]


def yes_no(value: bool) -> str:
    """Write a yes or no as Y or N."""
    return "Y" if value else "N"


def safe(value: object) -> str:
    """Write a cell for CSV: text that a spreadsheet would run as a formula gets a quote before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_RUN) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give rows as CSV with a heading."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
    return buffer.getvalue()
