"""A workbook of text, numbers and dates. The same cells give the same file, to the byte."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

from sightline.export.tables import Cell

_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands where a workbook says when it was made, so that two of the same cells are the same."""

Rows = Iterable[Sequence[Cell]]


def write_workbook(
    path: Path, sheets: Sequence[tuple[str, Rows]], *, title: str, comments: str
) -> None:
    """Write sheets, each a name and its rows, with the header first; `None` is an empty cell."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        book.set_properties({"title": title, "comments": comments, "created": _NO_TIME})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(line, column, cell)
                    elif isinstance(cell, date):
                        sheet.write_datetime(line, column, cell, day)
                    elif cell is not None:
                        sheet.write_number(line, column, cell)
