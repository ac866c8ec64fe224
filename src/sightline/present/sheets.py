"""Sheets of a workbook: a table each, to sort, filter and take further.

Title in the first row, a line on what the sheet holds in the second, the table from the fourth: the
layout that guidance on accessible spreadsheets asks for. Text is always written as text, so that none
of it can run as a formula.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Value = str | float | date | None
HEAD_ROW = 3
"""Row of the column headings, counted from 0."""
LONGEST = 32_000
"""Characters a cell can hold, less a few."""
MOST_ROWS = 1_048_576 - HEAD_ROW - 1
"""Rows a table can have: as many as a sheet, less those above."""
MANY_ROWS = 20_000
"""With more rows than this a workbook is written row by row, so that memory does not hold it: its tables
can then be filtered, but have no name."""
TEXT, ONE, WHOLE, DAY, LONG = "text", "0.0", "#,##0", "d mmm yyyy", "wrapped"
"""How the cells of a column are shown."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, width in characters, and how its cells are shown."""

    head: str
    width: int = 12
    shown: str = TEXT


@dataclass(frozen=True)
class Sheet:
    """One sheet: a table with a title and a line on what it holds.

    `printed` is how many columns, from the first, go on paper; 0 is all.
    """

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]
    printed: int = 0


@dataclass(frozen=True)
class Facts:
    """The sheet that comes first: what the workbook is, in pairs of a word and a sentence."""

    title: str
    lede: str
    lines: Sequence[tuple[str, str]]


def render(
    facts: Facts, sheets: Sequence[Sheet], *, title: str, author: str, comments: str, made: date
) -> bytes:
    """Give a workbook as the bytes of an xlsx file: `Read me`, then the sheets."""
    target = BytesIO()
    many = sum(len(sheet.rows) for sheet in sheets) > MANY_ROWS
    created = datetime(made.year, made.month, made.day)  # noqa: DTZ001 - a day
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": not many,
            "constant_memory": many,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {"title": title, "author": author, "comments": comments, "created": created}
    )
    formats = _formats(book)
    _read_me(book.add_worksheet("Read me"), facts, sheets, formats)
    for number, sheet in enumerate(sheets, start=1):
        _table(book.add_worksheet(sheet.name), sheet, "" if many else f"table_{number}", formats)
    book.close()
    return target.getvalue()


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    top = {"valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "bottom",
                "bottom": 2,
                "border_color": "#0b0c0c",
            }
        ),
        "bold": book.add_format({**top, "bold": True}),
        "hidden": book.add_format({**top, "align": "right"}),
        TEXT: book.add_format(top),
        LONG: book.add_format({**top, "text_wrap": True}),
        ONE: book.add_format({**top, "num_format": "#,##0.0"}),
        WHOLE: book.add_format({**top, "num_format": "#,##0"}),
        DAY: book.add_format({**top, "num_format": DAY, "align": "left"}),
    }


def _put(
    sheet: Worksheet, row: int, column: int, value: Value, shown: str, formats: dict[str, Format]
) -> None:
    if value is None:
        return
    if isinstance(value, str):
        number = shown in (ONE, WHOLE)
        sheet.write_string(row, column, value[:LONGEST], formats["hidden" if number else shown])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats[DAY])
    else:
        sheet.write_number(row, column, value, formats[shown])


def _table(sheet: Worksheet, of: Sheet, name: str, formats: dict[str, Format]) -> None:
    """Write a sheet; as a table of Excel's own, if it is given a name."""
    sheet.write_string(0, 0, of.title, formats["title"])
    sheet.write_string(1, 0, of.about, formats[TEXT])
    rows = of.rows or (("None", *[None] * (len(of.columns) - 1)),)
    area = (HEAD_ROW, 0, HEAD_ROW + len(rows), len(of.columns) - 1)
    if name:
        sheet.add_table(
            *area,
            {
                "name": f"{name}_{of.name.lower().replace(' ', '_')}",
                "style": None,
                "autofilter": True,
                "columns": [
                    {"header": column.head, "header_format": formats["head"]}
                    for column in of.columns
                ],
            },
        )
    else:
        for index, column in enumerate(of.columns):
            sheet.write_string(HEAD_ROW, index, column.head, formats["head"])
        sheet.autofilter(*area)
    for index, column in enumerate(of.columns):
        sheet.set_column(index, index, column.width)
    for place, row in enumerate(rows, start=HEAD_ROW + 1):
        for index, (column, value) in enumerate(zip(of.columns, row, strict=True)):
            _put(sheet, place, index, value, column.shown, formats)
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    if of.printed:
        sheet.print_area(0, 0, area[2], of.printed - 1)


def _read_me(
    sheet: Worksheet, facts: Facts, sheets: Iterable[Sheet], formats: dict[str, Format]
) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, facts.title, formats["title"])
    sheet.write_string(1, 0, facts.lede, formats[TEXT])
    for row, (head, text) in enumerate(facts.lines, start=3):
        sheet.write_string(row, 0, head, formats["bold"])
        sheet.write_string(row, 1, text, formats[LONG])
    row = len(facts.lines) + 4
    sheet.write_string(row, 0, "Sheets", formats["bold"])
    for place, each in enumerate(sheets, start=row + 1):
        sheet.write_url(place, 0, f"internal:'{each.name}'!A1", string=each.name)
        sheet.write_string(place, 1, each.title, formats[LONG])
