"""Examples of the rules of Annex A and SSDA903: drawn lists, written to real files and read as any are.

    lists/annex_a/A-704.txt, lists/ssda903/903-501.txt      one or more files a rule
    lists/annex_a/A-002.seven.txt                           another whole return of the same rule

A file holds the lists of one return, a blank line between them. The first line of a block names the
list or table, the second its columns, and each other line is a row; `#` begins a comment:

    List 7 without Latest Category of Abuse; Age
    Child Unique ID | Child Protection Plan Start Date | found
    Ann             | 2015-11-01                       |
    Ben             | 2015-11-01                       | yes

Columns that are not drawn are there and blank, unless `without` names them. `found` is `yes` where the
rule must find its column, or names the columns in which it must find something, with `;` between; what
is not marked must not be found. The first line of a block may end with `found 2`, for findings at the
header, or with `lacking List 9; List 10`, for what findings at the list as a whole show. A line
`day: 2024-03-31` says to which day the return runs.

Each example is written as one workbook, with dates as dates; as workbooks of one sheet, all of them
named alike; and as CSV files, unless it has a list twice: one of these a day (see
`thorough`). The children are invented.
"""

import csv
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import xlsxwriter

from sightline.intake import annex_a, ssda903
from sightline.intake.load import load
from sightline.intake.sheets import letter
from sightline.quality.check import PlacedFinding, RuleResult, run_rules
from sightline.quality.holding import Holding, holding_of
from sightline.quality.rule import Rule, rules_of_return
from sightline.quality.snapshot_check import collection_year, show_return
from sightline.records import TABLES
from sightline.store.snapshots import Snapshot, Store
from thorough import is_tried_today

FOLDER = Path(__file__).parent / "lists"
_LAYOUTS = {
    "annex_a": {layout.title: layout for layout in annex_a.layouts()},
    "ssda903": {layout.title: layout for layout in ssda903.layouts()},
}
_DAY = date(2016, 3, 31)
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_OPENING = re.compile(
    r"(?P<list>\w+(?: \d+)?)(?: without (?P<without>.+?))?"
    r"(?: found (?P<at_header>\d+)| lacking (?P<lacking>.+))?"
)

Place = tuple[str, str, str]
"""The name of a file; a line or cell of it, or a list; and what a finding shows, if that is compared.

What is compared is a day, and whatever a finding at a list as a whole shows.
"""


@dataclass(frozen=True)
class Mark:
    """A finding that there must be.

    `line` is counted from 1, which is the header; 0 is the list as a whole. `header` is the column,
    or empty for the line itself.
    """

    line: int
    header: str
    value: str = ""


@dataclass(frozen=True)
class DrawnList:
    """One list or table: its name among the others, its columns in order, its rows and marks."""

    name: str
    part: str
    columns: tuple[str, ...]
    rows: list[list[str]]
    marks: list[Mark]

    @property
    def unmarked(self) -> int:
        """How many rows must not be found."""
        return len(self.rows) - len({mark.line for mark in self.marks if mark.line > 1})


@dataclass(frozen=True)
class Loaded:
    """An example in one shape of file, opened as the return it is."""

    shape: str
    snapshot: Snapshot
    cursor: duckdb.DuckDBPyConnection
    holding: Holding
    year: int
    expected: Counter[Place]

    def rules(self) -> dict[str, Rule]:
        """The rules of its format and year, by code."""
        [file_format] = self.holding.formats
        return {rule.code: rule for rule in rules_of_return(file_format, self.year)}

    def run(self, rule: Rule) -> tuple[RuleResult, Counter[Place]]:
        """The outcome of a rule, and how often it finds each place."""
        report = run_rules(self.cursor, self.holding, [rule], year=self.year)
        return report.rules[0], Counter(map(_place, report.findings))


@cache
def examples() -> list[Path]:
    """Every file, in order."""
    return sorted(FOLDER.glob("*/*.txt"))


def code_of(path: Path) -> str:
    """The code of the rule a file is an example of."""
    return path.stem.partition(".")[0]


def has_both(paths: Sequence[Path]) -> bool:
    """Whether these examples have something that must be found, and a row that must not."""
    drawn = [each for path in paths for each in _parse(path)[0]]
    return any(each.marks for each in drawn) and any(each.unmarked for each in drawn)


def opened(path: Path) -> Iterator[Loaded]:
    """Give an example in each shape, loaded into a store of its own and opened once it is asked for."""
    return (_opened(shape, path) for shape in _shapes_of(path))


def opened_today(path: Path) -> Iterator[Loaded]:
    """Give an example in the shape of file that is tried today (see `thorough`)."""
    number = examples().index(path)
    for at, shape in enumerate(_shapes_of(path)):
        if is_tried_today(number + at, days=3):
            yield _opened(shape, path)


def _shapes_of(path: Path) -> "tuple[Shape, ...]":
    # Of two CSV files of one list it is not told that they are of one return.
    parts = [each.part for each in _parse(path)[0]]
    twice = len(set(parts)) < len(parts)
    return (_one_workbook, _workbooks, _one_workbook if twice else _csv_files)


Written = tuple[list[Path], Counter[Place]]
Shape = Callable[[Sequence[DrawnList], Path], Written]


@cache
def _opened(shape: Shape, path: Path) -> Loaded:
    drawn, day = _parse(path)
    folder = Path(tempfile.mkdtemp(prefix="lists-"))
    paths, expected = shape(drawn, folder)
    store = Store(folder / "store")
    load(paths, store, as_at=day)
    snapshot = store.current()
    [held] = snapshot.manifest.returns
    cursor = snapshot.connect()
    show_return(cursor, snapshot, held)
    holding = holding_of(snapshot.manifest, [held])
    year = collection_year(held)
    return Loaded(shape.__name__, snapshot, cursor, holding, year, expected)


def _place(found: PlacedFinding) -> Place:
    of_a_line = "!" in found.place or found.place.startswith("line ")
    return Path(found.file).name, found.place, _day(found.value) if of_a_line else found.value


# -- the shapes -----------------------------------------------------------------------------


def _one_workbook(drawn: Sequence[DrawnList], folder: Path) -> Written:
    path = folder / "lists.xlsx"
    expected: Counter[Place] = Counter()
    with xlsxwriter.Workbook(path) as book:
        for each in drawn:
            _add_sheet(book, each.name, each)
            expected += _places(each, path.name, each.name)
    return [path], expected


def _workbooks(drawn: Sequence[DrawnList], folder: Path) -> Written:
    paths = [folder / f"{each.name}.xlsx" for each in drawn]
    expected: Counter[Place] = Counter()
    for path, each in zip(paths, drawn, strict=True):
        with xlsxwriter.Workbook(path) as book:
            _add_sheet(book, "Sheet1", each)
        expected += _places(each, path.name, "Sheet1")
    return paths, expected


def _csv_files(drawn: Sequence[DrawnList], folder: Path) -> Written:
    paths = [folder / f"{each.name}.csv" for each in drawn]
    expected: Counter[Place] = Counter()
    for path, each in zip(paths, drawn, strict=True):
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = [[_day_first(cell) for cell in row] for row in each.rows]
            csv.writer(file).writerows([each.columns, *rows])
        expected += _places(each, path.name, "")
    return paths, expected


def _places(drawn: DrawnList, file: str, sheet: str) -> Counter[Place]:
    found: Counter[Place] = Counter()
    for mark in drawn.marks:
        at = letter(drawn.columns.index(mark.header)) if mark.header else ""
        place = f"{sheet}!{at}{mark.line}" if sheet else f"line {mark.line}"
        found[file, place if mark.line else sheet or drawn.part, mark.value] += 1
    return found


def _add_sheet(book: xlsxwriter.Workbook, name: str, drawn: DrawnList) -> None:
    sheet = book.add_worksheet(name)
    as_day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, drawn.columns)
    for line, row in enumerate(drawn.rows, start=1):
        for column, cell in enumerate(row):
            if day := _day(cell):
                sheet.write_datetime(line, column, date.fromisoformat(day), as_day)
            elif cell:
                sheet.write_string(line, column, cell)


def _day(text: str) -> str:
    """The text, if it is a day that there is."""
    try:
        return text if _ISO.fullmatch(text) and date.fromisoformat(text) else ""
    except ValueError:
        return ""


def _day_first(text: str) -> str:
    return "/".join(reversed(text.split("-"))) if _ISO.fullmatch(text) else text


# -- the drawing ----------------------------------------------------------------------------


def _parse(path: Path) -> tuple[list[DrawnList], date]:
    day = _DAY
    blocks: list[list[str]] = [[]]
    for line in map(str.strip, path.read_text("utf-8").splitlines()):
        if line.startswith("day: "):
            day = date.fromisoformat(line.removeprefix("day: "))
        elif line and not line.startswith("#"):
            blocks[-1].append(line)
        elif not line and blocks[-1]:
            blocks.append([])
    drawn: list[DrawnList] = []
    for block in filter(None, blocks):
        drawn.append(_drawn_list(block, path.parent.name, code_of(path), [e.name for e in drawn]))
    return drawn, day


def _drawn_list(
    block: Sequence[str], file_format: str, code: str, names: Sequence[str]
) -> DrawnList:
    opening = _OPENING.fullmatch(block[0])
    assert opening, f"{code}: {block[0]}"
    layout = _LAYOUTS[file_format][opening["list"]]
    absent = _split(opening["without"] or "", ";")
    assert set(absent) <= set(layout.columns), f"{code}: {layout.title} has no such columns"
    columns = tuple(column for column in layout.columns if column not in absent)
    name = f"{layout.title} ({len(names)})" if layout.title in names else layout.title
    drawn = DrawnList(name, layout.part, columns, [], [])
    own = next((h for h in _headers(file_format, code, layout.part) if h in columns), "")
    drawn.marks.extend(Mark(0, "", value) for value in _split(opening["lacking"] or "", ";"))
    drawn.marks.extend([Mark(1, own)] * int(opening["at_header"] or 0))
    head, *rows = (_split(line, "|") for line in block[1:]) if block[1:] else ([],)
    for line, row in enumerate(rows, start=2):
        assert len(row) == len(head), f"{code}: {row}"
        cells = dict(zip(head, row, strict=True))
        for mark in _split(cells.pop("found", ""), ";"):
            header = own if mark == "yes" else mark
            drawn.marks.append(Mark(line, header, _day(cells.get(header, ""))))
        assert set(cells) <= set(columns), f"{code}: {set(cells) - set(columns)}"
        drawn.rows.append([cells.get(column, "") for column in columns])
    return drawn


def _headers(file_format: str, code: str, part: str) -> Iterator[str]:
    """The columns of a list that a rule may point at."""
    # The versions of a rule that differ by year all point alike.
    points = {
        each.code: each.points for y in (2016, 2026) for each in rules_of_return(file_format, y)
    }
    for point in points.get(code, ()):
        table, column = point.split(".")
        for feed in TABLES[table].feeds:
            if (feed.format, feed.part) == (file_format, part) and column in feed.fields:
                yield feed.fields[column]


def _split(text: str, mark: str) -> list[str]:
    return [each.strip() for each in text.split(mark)] if text else []
