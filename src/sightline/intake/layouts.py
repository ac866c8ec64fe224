"""Which list or table a sheet is, told by its headers, and the sheet as text columns.

Annex A, SSDA903 and SSD are all sets of tables known by their columns, so one way of telling them
serves the three: each gives its layouts as data, and `recognise` tries them all on every sheet.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import zip_longest
from pathlib import PurePath

import pyarrow as pa
import pyarrow.compute as pc

from sightline.intake.parts import Finding, Part
from sightline.intake.sheets import BLANK_MARKS, EXCEL_ERRORS, Sheet, letter, text_of, tidy
from sightline.records import Format

HEADER_WITHIN = 10
"""Rows among which the header is looked for."""

_LEAST_SHARE = 0.3
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*\)?\s*$")
_TOTAL = (
    r"(?i)^((grand|overall|sub|list)[\s-]*)?totals?(\s+[a-z()]+\.?){0,8}"
    r"(\s*[:=]|\s+[–-]|\s)?(\s+[\d,.]+|[:=][\d,.]+)?\s*$"
)
"""A line that adds up those above it: `Total`, `Grand total`, `Total children: 42`; not `TOTAL42`."""
_WORD = re.compile(r"[^\W\d_]+|\d+")
_ENDS = " \n\r\x0b\x0c\x1c\x1d\x1e\x1f"
"""White space of ASCII but for the tab, as Python takes it from the ends of text."""
_BLANK = pa.array(sorted({"", *BLANK_MARKS}), pa.string())
_ERRORS = pa.array(sorted(EXCEL_ERRORS), pa.string())


@dataclass(frozen=True)
class Layout:
    """One list or table: its columns, and what sheets and files that hold it are called.

    `common` columns stand in many tables and so say nothing of which this is. `optional` ones are
    absent from an older layout. `events` are the columns with dates of things that have happened.
    `also_written` gives other spellings of a column's name.
    """

    format: Format
    part: str
    title: str
    columns: tuple[str, ...]
    names: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    common: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    also_written: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def spellings(self) -> dict[str, str]:
        """The column that each spelling stands for, in plain form."""
        others = {
            plain(spelling): column
            for column in self.columns
            for spelling in self.also_written.get(column, ())
        }
        # A column's own name beats another column's other spelling of the same.
        return others | {plain(column): column for column in self.columns}

    def column_of(self, header: str) -> str | None:
        """The column that a header names, however it is spelled; none if it is not of this table."""
        return next((self.spellings[f] for f in _forms(header) if f in self.spellings), None)

    def is_called(self, name: str) -> bool:
        """Whether the name of a sheet or file is one such a table goes by."""
        words = f" {_words(name)} "
        return any(f" {_words(known)} " in words for known in self.names)


@dataclass(frozen=True)
class Match:
    """A sheet taken for a table: the index of its header row, and the index of each column."""

    layout: Layout
    header: int
    columns: Mapping[str, int]
    unknown: Mapping[str, int]
    repeated: Mapping[str, int]
    score: float


@dataclass(frozen=True)
class Taken:
    """A sheet read as a part, and what there was to say about it."""

    part: Part
    layout: Layout
    findings: tuple[Finding, ...]
    facts: tuple[str, ...]


def plain(header: str) -> str:
    """A header without case, spaces or punctuation, so that spellings can be compared."""
    text = unicodedata.normalize("NFKC", header).casefold()
    return "".join(character for character in text if character.isalnum())


@lru_cache(maxsize=4096)
def _forms(header: str) -> tuple[str, str]:
    """A header in plain form, and again without what stands in brackets at its end."""
    return plain(header), plain(_BRACKETED.sub("", header))


def match(sheet: Sheet, layouts: Iterable[Layout]) -> Match | None:
    """Tell which table a sheet is by the header row, among its first ten, that fits one best.

    Headers decide. Where two tables fit equally well, the name of the sheet or file decides.
    """
    layouts = list(layouts)
    best: tuple[float, bool, int] | None = None
    found: Match | None = None
    for index, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        headers = [tidy(cell) if isinstance(cell, str) else "" for cell in row]
        if sum(map(bool, headers)) < 2:
            continue
        spelled = {form for header in headers if header for form in _forms(header)}
        for layout in layouts:
            if len(spelled & layout.spellings.keys()) < 2:
                continue
            candidate = _compare(layout, index, headers)
            if candidate is None:
                continue
            rank = (candidate.score, layout.is_called(name_of(sheet)), -index)
            if best is None or rank > best:
                best, found = rank, candidate
    return found


def name_of(sheet: Sheet) -> str:
    """What the sheet, or the CSV file, is called, which is a hint and no more."""
    return sheet.name or _stem(sheet.source.path)


def file_words(path: str) -> str:
    """The words of a file's name: `Episodes_2024 (v2).csv` is `episodes 2024 v 2`."""
    return _words(_stem(path))


def without_table_names(words: str, names: Iterable[str]) -> str:
    """Words of a file name that do not name its table, which tell one set of files from another."""
    rest = f" {words} "
    for name in sorted(map(_words, names), key=len, reverse=True):
        rest = rest.replace(f" {name} ", " ", 1)
    return rest.strip()


def names_another(sheet: Sheet, chosen: Layout, layouts: Iterable[Layout]) -> Layout | None:
    """A table of the same format that the sheet's name speaks of, if it is not the chosen one."""
    called = [
        layout
        for layout in layouts
        if layout.format == chosen.format and layout.is_called(name_of(sheet))
    ]
    return called[0] if called and chosen not in called else None


def take(sheet: Sheet, matched: Match) -> Taken:
    """Read a matched sheet as a part: text columns, blanks as nulls, and a line for every row.

    Rows without any value, and rows that repeat the header, are left out; repeats are counted. So are
    lines of totals, each with a finding.
    """
    layout = matched.layout
    findings = [*sheet.findings, *_header_findings(sheet, matched)]
    facts = [*sheet.facts, *_header_facts(sheet, matched)]
    data = sheet.rows[matched.header + 1 :]
    lines = sheet.lines[matched.header + 1 :]
    header_row = sheet.rows[matched.header]
    width = len(header_row)
    if set(map(len, data)) - {width}:
        findings += _ragged(sheet, data, lines, width)
        by_column = list(zip_longest(*data, fillvalue=""))
    else:
        by_column = list(zip(*data, strict=True))
    nothing = ("",) * len(data)
    columns: dict[str, pa.Array] = {}
    for name, index in matched.columns.items():
        cells = by_column[index] if index < len(by_column) else nothing
        column = _text_column(cells)
        columns[name] = column.array
        findings += (
            _no_value(sheet, lines[row], index, name, shown) for row, shown in column.errors.items()
        )
        if column.marks:
            facts.append(_marks_fact(layout, name, column.marks))
    findings += _broken(sheet, matched)
    rows = pa.table({"line": pa.array(lines, pa.int32()), **columns})
    rows = _without_blank_rows(rows, list(columns))
    headers = {name: tidy(str(header_row[index])) for name, index in matched.columns.items()}
    rows, repeats = _without_headers(rows, headers)
    if repeats:
        facts.append(f"{layout.title}: {repeats} rows of {sheet.title} repeat the header.")
    rows, totals = _without_totals(sheet, rows, matched)
    findings += totals
    letters = {name: letter(index) for name, index in matched.columns.items()} if sheet.name else {}
    part = Part(layout.format, layout.part, sheet.source, rows, sheet.name, letters)
    return Taken(part, layout, tuple(findings), tuple(facts))


@dataclass(frozen=True)
class _TextColumn:
    """Cells as text, blanks as nulls; what stood for a blank, and the cells with error texts."""

    array: pa.Array
    marks: Mapping[str, int]
    errors: Mapping[int, str]


def _text_column(cells: Sequence[object]) -> _TextColumn:
    """Read a column, dealing with each different value once."""
    try:
        encoded = pa.array(cells, pa.string()).dictionary_encode()
    except pa.ArrowTypeError:
        texts, places = _each_once(cells)
    else:
        texts, places = _tidied(encoded.dictionary), encoded.indices
    blank = pc.is_in(pc.utf8_lower(texts), _BLANK)
    broken = pc.is_in(pc.utf8_upper(texts), _ERRORS)
    kept = pc.if_else(pc.or_(blank, broken), pa.scalar(None, pa.string()), texts)
    marks: Counter[str] = Counter()
    if pc.any(pc.and_(blank, pc.not_equal(texts, ""))).as_py():
        marks.update(texts.take(places.filter(blank.take(places))).to_pylist())
        del marks[""]
    errors: dict[int, str] = {}
    if pc.any(broken).as_py():
        rows = pc.indices_nonzero(broken.take(places))
        shown = texts.take(places.take(rows))
        errors = dict(zip(rows.to_pylist(), shown.to_pylist(), strict=True))
    return _TextColumn(kept.take(places), marks, errors)


def _each_once(cells: Sequence[object]) -> tuple[pa.StringArray, pa.Int32Array]:
    """The texts of different cells, and which of them each cell has."""
    kinds = set(map(type, cells))
    if bool in kinds and len(kinds) > 1:
        # True and 1.0 are one key to a dictionary.
        cells = [text_of(cell) for cell in cells]
    number = {cell: place for place, cell in enumerate(set(cells))}
    texts = pa.array(map(text_of, number), pa.string())
    return texts, pa.array(list(map(number.__getitem__, cells)), pa.int32())


def _tidied(texts: pa.StringArray) -> pa.StringArray:
    """Text as `tidy` makes it."""
    plain = pc.and_not(pc.string_is_ascii(texts), pc.match_substring(texts, "\t"))
    if pc.all(plain).as_py():
        return pc.ascii_trim(texts, _ENDS)
    return pa.array(map(tidy, texts.to_pylist()), pa.string())


def _compare(layout: Layout, index: int, headers: Sequence[str]) -> Match | None:
    columns: dict[str, int] = {}
    unknown: dict[str, int] = {}
    repeated: dict[str, int] = {}
    for position, header in enumerate(headers):
        if not header:
            continue
        column = layout.column_of(header)
        if column is None:
            unknown.setdefault(header, position)
        elif column in columns:
            repeated.setdefault(header, position)
        else:
            columns[column] = position
    own = columns.keys() - layout.common
    expected = len(layout.columns) - len(layout.optional - columns.keys())
    if not own or len(columns) < max(2, expected * _LEAST_SHARE):
        return None
    score = len(columns) / (expected + len(unknown))
    return Match(layout, index, columns, unknown, repeated, score)


def _stem(path: str) -> str:
    return PurePath(path.replace("\\", "/")).stem


def _words(name: str) -> str:
    """Lower-case words and numbers of a name: `List_01 (CiN)` is `list 1 cin`."""
    found = _WORD.findall(unicodedata.normalize("NFKC", name).lower())
    return " ".join(str(int(word)) if word.isdecimal() else word for word in found)


def _header_facts(sheet: Sheet, matched: Match) -> Iterator[str]:
    layout, line = matched.layout, sheet.lines[matched.header]
    unit = "row" if sheet.name else "line"
    hidden = " (a hidden sheet)" if sheet.hidden else ""
    if line > 1 or sheet.hidden or (sheet.name and sheet.name != layout.title):
        yield f"{layout.title}: read from {sheet.title}{hidden}; its header is in {unit} {line}."
    if layout.optional and not layout.optional & matched.columns.keys():
        yield f"{layout.title}: in the older layout, without {_listed(sorted(layout.optional))}."


def _header_findings(sheet: Sheet, matched: Match) -> Iterator[Finding]:
    layout, line = matched.layout, sheet.lines[matched.header]
    file = sheet.source.path
    older = layout.optional if not layout.optional & matched.columns.keys() else frozenset()
    for column in layout.columns:
        if column not in matched.columns and column not in older:
            message = f"{layout.title} has no column “{column}” here."
            yield Finding("missing-column", file, sheet.place(line), column, "", message)
    for header, index in matched.unknown.items():
        message = f"{layout.title} has no such column as “{header}”; it was not read."
        yield Finding("unknown-column", file, sheet.place(line, index), header, "", message)
    for header, index in matched.repeated.items():
        message = f"“{header}” is a second column of its kind; the first was read."
        yield Finding("repeated-column", file, sheet.place(line, index), header, "", message)


def _ragged(
    sheet: Sheet, data: Sequence[Sequence[object]], lines: Sequence[int], width: int
) -> Iterator[Finding]:
    file = sheet.source.path
    short = [line for row, line in zip(data, lines, strict=True) if 0 < len(row) < width]
    if short:
        message = (
            f"{len(short)} rows end before the last column, this one first; "
            "the cells they lack were read as blank."
        )
        yield Finding("short-row", file, sheet.place(short[0]), "", "", message)
    for row, line in zip(data, lines, strict=True):
        if extra := [text for text in map(text_of, row[width:]) if text]:
            message = (
                "The row has more cells than the header, so its values may stand too far right."
            )
            yield Finding("long-row", file, sheet.place(line), "", " · ".join(extra), message)


def _broken(sheet: Sheet, matched: Match) -> Iterator[Finding]:
    names = {index: name for name, index in matched.columns.items()}
    first = sheet.lines[matched.header]
    for (line, index), shown in sorted(sheet.broken.items()):
        if line > first and index in names:
            yield _no_value(sheet, line, index, names[index], shown)


def _no_value(sheet: Sheet, line: int, index: int, name: str, shown: str) -> Finding:
    place, file = sheet.place(line, index), sheet.source.path
    if shown.startswith("="):
        message = "The formula has no stored result; open the workbook in Excel and save it."
        return Finding("formula-without-result", file, place, name, shown, message)
    message = f"The cell shows the error {shown} in place of a value."
    return Finding("excel-error", file, place, name, shown, message)


def _marks_fact(layout: Layout, name: str, marks: Mapping[str, int]) -> str:
    counted = _listed(f"“{mark}” in {count:,}" for mark, count in sorted(marks.items()))
    return f"{layout.title}, {name}: read as blank, {counted} cells."


def _without_blank_rows(rows: pa.Table, columns: Iterable[str]) -> pa.Table:
    filled = [pc.is_valid(rows[name]) for name in columns]
    keep = filled[0]
    for each in filled[1:]:
        keep = pc.or_(keep, each)
    return rows if pc.all(keep).as_py() else rows.filter(keep)


def _without_headers(rows: pa.Table, headers: Mapping[str, str]) -> tuple[pa.Table, int]:
    names = iter(headers)
    first = next(names)
    again = pc.fill_null(pc.equal(rows[first], headers[first]), False)
    if not pc.any(again).as_py():
        return rows, 0
    for name in names:
        again = pc.and_(again, pc.fill_null(pc.equal(rows[name], headers[name]), False))
    return rows.filter(pc.invert(again)), pc.sum(again).as_py() or 0


def _without_totals(sheet: Sheet, rows: pa.Table, matched: Match) -> tuple[pa.Table, list[Finding]]:
    """Leave out rows that have the word for a total where an identifier stands."""
    name = matched.layout.columns[0]
    if name not in matched.columns:
        return rows, []
    total = pc.fill_null(pc.match_substring_regex(rows[name], _TOTAL), False)
    if not pc.any(total).as_py():
        return rows, []
    found = rows.filter(total).select(["line", name]).to_pylist()
    message = "The line adds up those above it, and tells of no child; it was not read."
    index = matched.columns[name]
    return rows.filter(pc.invert(total)), [
        Finding(
            "total-line",
            sheet.source.path,
            sheet.place(row["line"], index),
            name,
            row[name],
            message,
        )
        for row in found
    ]


def _listed(items: Iterable[str]) -> str:
    *rest, last = items
    return f"{', '.join(rest)} and {last}" if rest else last
