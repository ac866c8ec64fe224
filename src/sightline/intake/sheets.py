"""Sheets: rows of cells with addresses, from a CSV file or a workbook, before anyone knows what of.

Cells of a CSV file are text. Cells of a workbook are what it stores: text, numbers, dates, booleans.
Nothing is guessed here: `text_of` says how each becomes text.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice

from sightline.intake.inputs import Input, decode
from sightline.intake.parts import Finding, Source, UnreadableFileError, place_of

DELIMITERS = ",;\t|"
BLANK_MARKS = frozenset(
    {"-", "--", "–", "—", ".", "..", "...", "<blank>", "(blank)", "null", "<null>"}
    | {"data not captured in mosaic", "placeholder_data"}
)
"""What stands for a blank in files met in practice, in lower case."""
EXCEL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)

_SPACES = str.maketrans({"\t": " ", "\u00a0": " ", "\u2007": " ", "\u202f": " "})
_NOTHING = str.maketrans(dict.fromkeys("\u200b\u2060\ufeff"))
_LONGEST_WHOLE = 1e15


@dataclass(frozen=True)
class Sheet:
    """Rows of cells. `lines` gives each row's line of the file, or row of the sheet, from 1.

    `name` is empty for a CSV file. `broken` holds, by line and column from 0, what a cell of a
    workbook shows in place of a value: an Excel error, or a formula whose result is not stored.
    """

    source: Source
    name: str
    rows: Sequence[Sequence[object]]
    lines: Sequence[int]
    hidden: bool = False
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What people know it by: the sheet's name, else the file's."""
        return self.name or self.source.path

    def place(self, line: int, column: int | None = None) -> str:
        """The address of a cell or line: `List 6!M2`, `line 12`."""
        return place_of(line, self.name, "" if column is None else letter(column))


def letter(column: int) -> str:
    """The letter of a spreadsheet column counted from 0: A, B, ... Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def tidy(text: str) -> str:
    """Text with odd spaces made plain and none at the ends; zero-width marks go."""
    if not text.isascii() or "\t" in text:
        text = text.translate(_SPACES).translate(_NOTHING)
    return text.strip()


def text_of(cell: object) -> str:
    """The text of a cell: ISO dates, whole numbers without `.0`, `true` and `false`."""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < _LONGEST_WHOLE
        return str(int(cell)) if whole else repr(cell)
    if isinstance(cell, datetime):
        # Excel keeps times as fractions of a day, which come back a hair off the second.
        nearest = cell + timedelta(microseconds=500_000) if cell.year < 9999 else cell
        return nearest.replace(microsecond=0).isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def read_csv(file: Input) -> Sheet:
    """Read a CSV file: any of four delimiters, quoted newlines, lines counted as an editor does.

    `UnreadableFileError` if it is not text, or its quotation marks do not allow it to be read.
    """
    text, source = decode(file.source, file.data)
    delimiter = _delimiter(text)
    facts = []
    if delimiter != ",":
        name = {";": "semicolons", "\t": "tabs", "|": "bars"}[delimiter]
        facts.append(f"{source.path}: its columns are separated by {name}.")
    if "guess" in source.encoding:
        facts.append(
            f"{source.path}: is not UTF-8, so it was read as Windows-1252; check accented letters."
        )
    rows: list[list[str]] = []
    lines: list[int] = []
    # A lone carriage return is a line end to `splitlines` and to the csv module, so both agree;
    # other marks of the kind that `splitlines` honours are text.
    reader = csv.reader(_lines(text), delimiter=delimiter)
    longest = (1, 1)
    try:
        line = 1
        for row in reader:
            rows.append(row)
            lines.append(line)
            longest = max(longest, (reader.line_num - line + 1, line))
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(
            f"{source.path}: cannot be read as CSV from line {line} on; "
            "look for a quotation mark that is not closed."
        ) from error
    findings = []
    if text.count('"') % 2:
        findings.append(
            Finding(
                "unclosed-quote",
                source.path,
                f"line {longest[1]}",
                "",
                "",
                "A quotation mark in the file is not closed, so rows may have run together.",
            )
        )
    return Sheet(source, "", rows, lines, findings=tuple(findings), facts=tuple(facts))


def _lines(text: str) -> Iterable[str]:
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)


def _delimiter(text: str) -> str:
    head = list(islice((line for line in text[:20_000].splitlines() if line.strip()), 10))
    return max(
        DELIMITERS,
        key=lambda mark: (sum(mark in line for line in head), "".join(head).count(mark)),
    )
