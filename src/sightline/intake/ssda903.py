"""SSDA903, the yearly return of looked-after children: a CSV file a table, a workbook, or XML.

Parts are named by the table (`Header`, `Episodes`, ...), and their fields are its columns. Values
stay as they are written, dates as dd/mm/yyyy. No table says the year, so the dates inside tell it.
"""

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from xml.parsers import expat

import pyarrow as pa

from sightline.intake.inputs import Input
from sightline.intake.layouts import Layout, Taken
from sightline.intake.parts import Finding, Part, UnreadableFileError
from sightline.intake.periods import day_of, year_end
from sightline.intake.sheets import BLANK_MARKS, tidy
from sightline.intake.table_sets import Period, events_of
from sightline.records import Format

_ROOT = b"<EXPSSDA903"
_BLOCKS = {
    "EPISODE": "Episodes",
    "AREVIEW": "Reviews",
    "AMISSING": "Missing",
    "PERMANENCE": "PrevPerm",
    "OC2": "OC2",
    "AD_PLACED": "PlacedAdoption",
}
"""The table that each block of a child's XML is a row of."""
_OF_THE_CHILD = ("Header", "OC3", "AD1", "UASC")
"""Tables whose columns stand in the child itself."""
_NO = {"", "0", "N", "NO", "FALSE"}


@cache
def layouts() -> tuple[Layout, ...]:
    """The 12 tables."""
    data = tomllib.loads((files("sightline.intake") / "ssda903.toml").read_text("utf-8"))
    return tuple(
        Layout(
            Format.SSDA903,
            each["name"],
            each["name"],
            tuple(each["columns"]),
            names=(each["name"], *each["names"]),
            events=tuple(each.get("events", ())),
            common=frozenset(data["common"]),
            also_written=data["also_written"],
        )
        for each in data["table"]
    )


def period_of(taken: Sequence[Taken], as_at: date | None) -> Period | None:
    """The year to the 31 March that the events tell, or the part of it to the day stated.

    The episodes tell it where there are any, else all tables do. It is the latest year with a fair
    share of the events, so that a slip of the keyboard or two does not move it.
    """
    events = events_of(taken)
    episodes = events_of(each for each in taken if each.part.name == "Episodes")
    end = as_at or (episodes if episodes.days else events).census_year
    if end is None:
        return None
    facts = [_span(each) for each in taken if events_of([each]).days]
    if not as_at:
        facts.append(
            f"The events in the files run to the year ending {end.isoformat()}, so that is the "
            "year of the return. State another with --as-at."
        )
    if later := events.after(end):
        facts.append(f"{later} dates of events are after {end.isoformat()}.")
    return Period(date(year_end(end).year - 1, 4, 1), end, tuple(facts))


def looks_like_ssda903(head: bytes) -> bool:
    """Whether the beginning of a file is that of the XML form."""
    return _ROOT in head or _ROOT.decode().encode("utf-16-le") in head


def read_xml(file: Input) -> list[Taken]:
    """Read the XML form, in which children hold their episodes, reviews and the rest.

    `UnreadableFileError` if it is not well-formed, or declares a document type.
    """
    reader = _XmlReader(file)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, _: reader.start(tag, parser.CurrentLineNumber)
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(file.data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableFileError(
            f"{file.path}: is not well-formed XML (line {parser.CurrentLineNumber}); export it again."
        ) from error
    return reader.taken()


class _XmlReader:
    """Collects the rows of each table while a file is parsed."""

    def __init__(self, file: Input) -> None:
        self._file = file
        self._layouts = {layout.part: layout for layout in layouts()}
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in self._layouts}
        self._unknown: Counter[str] = Counter()
        self._first_seen: dict[str, int] = {}
        self._path: list[str] = []
        self._leaf = False
        self._text: list[str] = []
        self._line = 0
        self._child: dict[str, str] = {}
        self._child_line = 0
        self._block: dict[str, Any] = {}
        self._blocks: list[tuple[str, dict[str, Any]]] = []

    def start(self, tag: str, line: int) -> None:
        self._path.append(tag.upper())
        self._text, self._leaf, self._line = [], True, line
        if len(self._path) == 2:
            self._child, self._child_line, self._blocks = {}, line, []
        if self._path[-1] in _BLOCKS:
            self._block = {"line": line}

    def text(self, text: str) -> None:
        self._text.append(text)

    def refuse(self, *_: object) -> None:
        raise UnreadableFileError(
            f"{self._file.path}: refused, because it declares a document type (DOCTYPE)."
        )

    def end(self, _: str) -> None:
        tag = self._path.pop()
        if self._leaf:
            self._value(tag, tidy("".join(self._text)))
        elif tag in _BLOCKS:
            self._blocks.append((_BLOCKS[tag], self._block))
        elif len(self._path) == 1:
            self._finish_child()
        self._leaf = False

    def _value(self, tag: str, value: str) -> None:
        within = next((step for step in reversed(self._path) if step in _BLOCKS), None)
        tables = (_BLOCKS[within],) if within else _OF_THE_CHILD
        columns = {self._layouts[table].column_of(tag) for table in tables} - {None}
        if not columns and tag != "UASC":
            if tag not in _BLOCKS:
                self._unknown[tag] += 1
                self._first_seen.setdefault(tag, self._line)
            return
        name = columns.pop() if columns else tag
        if value and value.lower() not in BLANK_MARKS:
            (self._block if within else self._child)[str(name)] = value

    def _finish_child(self) -> None:
        child = self._child
        for table in _OF_THE_CHILD:
            layout = self._layouts[table]
            own = child.keys() & set(layout.columns) - layout.common
            if table == "UASC":
                own |= {"UASC"} if child.get("UASC", "").upper() not in _NO else set()
            if own or table == "Header":
                self._rows[table].append({**child, "line": self._child_line})
        identity: dict[str, Any] = {name: child[name] for name in ("CHILD", "DOB") if name in child}
        for table, block in self._blocks:
            self._rows[table].append({**identity, **block})

    def taken(self) -> list[Taken]:
        """The tables that have rows; what was not known is reported with the first."""
        source = replace(self._file.source, encoding="XML")
        findings = tuple(
            Finding(
                "unknown-part",
                source.path,
                f"line {self._first_seen[tag]}",
                tag,
                "",
                f"The return has no element “{tag}”; {count} were not read.",
            )
            for tag, count in sorted(self._unknown.items())
        )
        found: list[Taken] = []
        for name, rows in self._rows.items():
            if not rows:
                continue
            layout = self._layouts[name]
            table = pa.table(
                {"line": pa.array([row["line"] for row in rows], pa.int32())}
                | {
                    column: pa.array([row.get(column) for row in rows], pa.string())
                    for column in layout.columns
                }
            )
            part = Part(Format.SSDA903, name, source, table)
            found.append(Taken(part, layout, () if found else findings, ()))
        if not found:
            raise UnreadableFileError(f"{self._file.path}: has no children in it; export it again.")
        return found


def _span(taken: Taken) -> str:
    days = [
        day
        for column in taken.layout.events
        if column in taken.part.rows.column_names
        for text in taken.part.rows[column].unique().to_pylist()
        if text and (day := day_of(text))
    ]
    return f"{taken.layout.title}: its dates run from {min(days)} to {max(days)}."
