"""An example of the practice manual: a few records, one indicator, what it must give, and why.

The same call runs as a test and, with a recorder in place of the fixture, becomes a paragraph of
docs/reference/practice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import duckdb

from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import Definition, versions
from sightline.indicators.engine import Engine
from sightline.records import PLACE, TABLES, Kind

DISTRICT = "district"
_PARSE = {
    Kind.DATE.sql: date.fromisoformat,
    Kind.INTEGER.sql: int,
    Kind.DECIMAL.sql: float,
    Kind.BOOLEAN.sql: {"yes": True, "no": False}.__getitem__,
}


def parse_records(text: str) -> dict[str, list[dict[str, object]]]:
    """Read tables drawn as text: a line with the table's name, a line of columns, then rows.

    Columns are separated by `|`; an empty cell is unknown. Tables are separated by empty lines.
    """
    tables: dict[str, list[dict[str, object]]] = {}
    for block in text.strip().split("\n\n"):
        name, head, *rows = [line.strip() for line in block.strip().splitlines()]
        table = TABLES[name]
        columns = [column.strip() for column in head.split("|")]
        kinds = {each.name: each.kind.sql for each in (*table.columns, *PLACE)}
        kinds[DISTRICT] = "VARCHAR"
        tables[name] = []
        for row in rows:
            cells = [cell.strip() for cell in row.split("|")]
            assert len(cells) == len(columns), f"{name}: {row!r} does not fit {head!r}"
            record: dict[str, object] = {}
            for column, cell in zip(columns, cells, strict=True):
                record[column] = _PARSE.get(kinds[column], str)(cell) if cell else None
            tables[name].append(record)
    return tables


def connect(tables: dict[str, list[dict[str, object]]]) -> duckdb.DuckDBPyConnection:
    """Make a database that holds every record table, filled with these rows."""
    connection = duckdb.connect()
    for table in TABLES.values():
        columns = {column.name: column.kind.sql for column in (*table.columns, *PLACE)}
        columns[DISTRICT] = "VARCHAR"
        listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        connection.execute(f"CREATE TABLE {table.name} ({listed})")
        for line, row in enumerate(tables.get(table.name, []), start=1):
            filled = {**row, "line": line}
            names = ", ".join(f'"{name}"' for name in filled)
            marks = ", ".join("?" * len(filled))
            connection.execute(
                f"INSERT INTO {table.name} ({names}) VALUES ({marks})", list(filled.values())
            )
    return connection


def find(code: str, version: int | None = None, part: str = "") -> Definition:
    """The newest version of an indicator's part, or the one asked for."""
    found = [
        each
        for each in versions(code)
        if each.part == part and (version is None or each.version == version)
    ]
    assert found, f"no {code} {part} version {version}"
    return found[-1]


@dataclass(frozen=True)
class Example:
    """One paragraph of the manual.

    `on` asks for a stock as at that day; `year` for the year ending 31 March; `period` for any other
    stretch. `gives` is the count, or the median or mean; for a share, numerator and denominator.
    `groups` are the values by the dimension `by`. `guidance` is what the example puts to work.
    """

    code: str
    records: str
    gives: float | tuple[float, float] | None
    guidance: str
    on: str = ""
    year: int = 0
    period: tuple[str, str] | None = None
    by: str = ""
    groups: dict[str, float | None] | None = None
    unknown: int = 0
    version: int | None = None
    part: str = ""

    def dates(self) -> tuple[date, date]:
        """First and last day of the period asked for."""
        if self.on:
            day = date.fromisoformat(self.on)
            return (day, day)
        if self.period:
            return (date.fromisoformat(self.period[0]), date.fromisoformat(self.period[1]))
        return (date(self.year - 1, 4, 1), date(self.year, 3, 31))

    def check(self, engine_of: Callable[[duckdb.DuckDBPyConnection], Engine] = Engine) -> None:
        """Compute the indicator over the drawn records and compare."""
        self.compare(
            engine_of(connect(parse_records(self.records))),
            find(self.code, self.version, self.part),
        )

    def compare(self, engine: Engine, definition: Definition) -> None:
        """Assert that a definition gives, over the engine's records, what the example says."""
        cells = engine.cells([definition], [self.dates()], [self.by] if self.by else [])
        total = next((cell for cell in cells if cell.by == TOTAL), None)
        if total is None:
            got: object = (0, 0) if definition.is_share else None if self.gives is None else 0
        elif definition.is_share:
            got = (total.numerator, total.denominator)
        else:
            got = total.value
        assert got == self.gives, f"{self.code} gives {got}, not {self.gives}"
        if total is not None and total.denominator == 0:
            assert total.value is None, f"{self.code} has a value over a denominator of 0"
        assert (total.unknown if total else 0) == self.unknown
        if self.groups is not None:
            found = {cell.group: cell.value for cell in cells if cell.by == self.by}
            assert found == self.groups
