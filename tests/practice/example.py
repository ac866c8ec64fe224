"""An example of the practice manual: a few records, one indicator, what it must give, and why.

The same call runs as a test and, with a recorder in place of the fixture, becomes a paragraph of
docs/reference/practice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import duckdb
import pyarrow as pa

from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import Definition, versions
from sightline.indicators.engine import Engine
from sightline.indicators.settings import parse_settings
from sightline.records import PLACE, TABLES, Kind
from sightline.store.tables import FINDING, columns_of

DISTRICT = "district"
_PARSE = {
    Kind.DATE.sql: date.fromisoformat,
    Kind.MOMENT.sql: datetime.fromisoformat,
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


@cache
def _empty_tables() -> str:
    """Give the statements that make every record table, and that of what reading found."""
    found = ", ".join(f'"{column.name}" {column.kind.sql}' for column in columns_of(FINDING))
    made = [f"CREATE TABLE {FINDING} ({found});"]
    for table in TABLES.values():
        columns = {column.name: column.kind.sql for column in (*table.columns, *PLACE)}
        columns[DISTRICT] = "VARCHAR"
        listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        made.append(f"CREATE TABLE {table.name} ({listed});")
    return "\n".join(made)


def connect(tables: dict[str, list[dict[str, object]]]) -> duckdb.DuckDBPyConnection:
    """Make a database that holds every record table, filled with these rows, and no findings."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(_empty_tables())
    _fill(connection, tables)
    return connection


@contextmanager
def lent(tables: dict[str, list[dict[str, object]]]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a database that holds these rows and nothing else, to one at a time.

    It is made once: to make one takes longer than an example does.
    """
    with _lasting().cursor() as connection:
        _fill(connection, tables)
        try:
            yield connection
        finally:
            for name in tables:
                connection.execute(f"TRUNCATE {name}")


@cache
def _lasting() -> duckdb.DuckDBPyConnection:
    return connect({})


def _fill(
    connection: duckdb.DuckDBPyConnection, tables: dict[str, list[dict[str, object]]]
) -> None:
    for name, rows in tables.items():
        numbered = [{"line": line, **row} for line, row in enumerate(rows, start=1)]
        columns = dict.fromkeys(column for row in numbered for column in row)
        given = {column: [row.get(column) for row in numbered] for column in columns}
        connection.register("given", pa.table(given))
        connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM given")
        connection.unregister("given")


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
    `groups` are the values by the dimension `by`. `quartiles` stand beside a median. `settings` is the
    text of an authority's settings file. `guidance` is what the example puts to work.
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
    quartiles: tuple[float, float] | None = None
    settings: str = ""
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

    def check(self) -> None:
        """Compute the indicator over the drawn records and compare."""
        with lent(parse_records(self.records)) as connection:
            self.compare(self.engine(connection), find(self.code, self.version, self.part))

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Make a database that holds the drawn records."""
        return connect(parse_records(self.records))

    def engine(self, connection: duckdb.DuckDBPyConnection) -> Engine:
        """Make an engine over a database of the records, under the example's settings."""
        return Engine(connection, parse_settings(self.settings, "the example's settings"))

    def compare(self, engine: Engine, definition: Definition) -> None:
        """Assert that a definition gives, over the engine's records, what the example says."""
        cells = engine.cells([definition], [self.dates()], [self.by] if self.by else [])
        total = next((cell for cell in cells if cell.by == TOTAL), None)
        if total is None:
            nothing = (0, 0) if definition.is_share else None if self.gives is None else 0
            assert nothing == self.gives, f"{self.code} gives {nothing}, not {self.gives}"
            assert not self.unknown, f"{self.code} has none not known, not {self.unknown}"
        else:
            self.judge(definition, total.numerator, total.denominator, total.value, total.unknown)
        if self.quartiles is not None:
            assert total is not None, f"{self.code} has no quartiles"
            assert (total.lower_quartile, total.upper_quartile) == self.quartiles
        if self.groups is not None:
            found = {cell.group: cell.value for cell in cells if cell.by == self.by}
            assert found == self.groups, f"{self.code} gives {found}, not {self.groups}"

    def judge(
        self,
        definition: Definition,
        numerator: float | None,
        denominator: float | None,
        value: float | None,
        unknown: int,
    ) -> None:
        """Assert that the whole figure is what the example says."""
        got = (numerator, denominator) if definition.is_share else value
        assert got == self.gives, f"{self.code} gives {got}, not {self.gives}"
        if denominator == 0:
            assert value is None, f"{self.code} has a value over a denominator of 0"
        assert unknown == self.unknown, f"{self.code} has {unknown} not known, not {self.unknown}"
