"""A workbook of text, numbers and dates. The same cells give the same file, to the byte."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from sightline.export.tables import Cell

MOST_ROWS = 1_048_576
"""Rows a sheet may have, its header among them."""
LONGEST_TEXT = 32_767
"""Signs a cell may have."""
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands where a workbook says when it was made, so that two of the same cells are the same."""

Rows = Iterable[Sequence[Cell]]


def write_workbook(
    path: Path, sheets: Iterable[tuple[str, Rows]], *, title: str, comments: str
) -> None:
    """Write sheets, each a name and its rows, with the header first; `None` is an empty cell.

    Rows are taken one at a time, so that memory holds one, and the packed file. `OverflowError` if a sheet
    has more rows, or a cell more signs, than a workbook can hold.
    """
    # Made whole before it is written: a disk that is full is then met in one place.
    content = BytesIO()
    full: OSError | None = None
    try:
        with xlsxwriter.Workbook(content, {"constant_memory": True}) as book:
            book.set_properties({"title": title, "comments": comments, "created": _NO_TIME})
            day = book.add_format({"num_format": "dd/mm/yyyy"})
            for name, rows in sheets:
                sheet = book.add_worksheet(name)
                for line, row in enumerate(rows):
                    if line >= MOST_ROWS:
                        raise OverflowError(f"{name} has more than {MOST_ROWS:,} rows")
                    for column, cell in enumerate(row):
                        if isinstance(cell, str):
                            if sheet.write_string(line, column, cell):
                                raise OverflowError(f"a cell of {name} has too long a text")
                        elif isinstance(cell, date):
                            sheet.write_datetime(line, column, cell, day)
                        elif cell is not None:
                            sheet.write_number(line, column, cell)
    except FileCreateError as error:  # the folder for temporary files is full, or not there
        # Without where it was raised: that holds the half-made file, which would be closed after its content.
        full = error.args[0].with_traceback(None)
    if full is not None:
        raise full
    path.write_bytes(content.getbuffer())
