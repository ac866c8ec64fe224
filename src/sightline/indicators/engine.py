"""Runs definitions over record tables in DuckDB: figures, and the evidence rows behind them."""

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from queue import SimpleQueue
from threading import RLock
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from sightline.clocks.calendar_table import make_calendar
from sightline.indicators.counting import (
    LATEST_DAY,
    MET_ON_THE_DAY,
    TOGETHER,
    TOTAL,
    age_bands_sql,
    batches,
    counted_sql,
    dimension_sql,
    evidence_join,
    placed_sql,
    tables_needed,
)
from sightline.indicators.definition import CHILD_DIMENSIONS, Definition
from sightline.indicators.settings import Settings, load_settings

Period = tuple[date, date]


@dataclass(frozen=True)
class Cell:
    """One figure: an indicator, in one period, for one group.

    `numerator` and `denominator` are counts (or sums); `value` is in the indicator's unit and is None
    where the denominator is 0. `unknown` counts the rows in the denominator whose answer is not known.
    """

    definition: Definition
    period_start: date
    period_end: date
    by: str
    group: str
    numerator: float | None
    denominator: float | None
    value: float | None
    unknown: int
    lower_quartile: float | None = None
    upper_quartile: float | None = None


PERIOD_TABLES = {
    "period_day": "SELECT CAST(day AS DATE) AS day, no "
    "FROM (SELECT no, UNNEST(generate_series(period_start, period_end, INTERVAL 1 DAY)) "
    "AS day FROM period) AS days",
    "period_span": "SELECT MIN(period_end) AS first_end, MAX(period_end) AS last_end, "
    "MAX(period_end) + 1 AS beyond, CAST(COUNT(*) AS INTEGER) AS moments FROM period",
    "period_moment": "SELECT no, period_end, "
    "CAST(ROW_NUMBER() OVER (ORDER BY period_end, no) - 1 AS INTEGER) AS moment FROM period",
    "moment_day": "SELECT d.day, MIN(p.moment) AS moment "
    "FROM (SELECT CAST(UNNEST(generate_series(first_end, last_end, INTERVAL 1 DAY)) AS DATE) AS day "
    "FROM period_span) AS d JOIN period_moment AS p ON p.period_end >= d.day GROUP BY d.day",
    "moment_stretch": "SELECT f.moment AS from_moment, u.moment + 1 AS until_moment, p.no "
    "FROM period_moment AS f JOIN period_moment AS u ON f.moment <= u.moment "
    "JOIN period_moment AS p ON p.moment BETWEEN f.moment AND u.moment",
}
"""Queries of the tables made of `period`, by their names; see `counting`."""


@cache
def view_sql() -> dict[str, str]:
    """Give the query of each shared table made of records (`views`), by its name."""
    folder = files("sightline.indicators") / "views"
    return {
        entry.name.removesuffix(".sql"): entry.read_text("utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".sql")
    }


_SERIES = f"""SELECT
    definition, by_name, group_name,
    ROW_NUMBER() OVER (ORDER BY definition, by_name <> '{TOTAL}', by_name, group_name) - 1 AS place
FROM (SELECT DISTINCT definition, by_name, group_name FROM counted) AS named"""
_ROWS = """SELECT
    s.place * p.moments + c.no AS slot,
    c.numerator, c.denominator, c.value, c.unknown, c.lower_quartile, c.upper_quartile
FROM counted AS c
CROSS JOIN period_span AS p
JOIN series AS s
    ON s.definition = c.definition AND s.by_name = c.by_name AND s.group_name = c.group_name"""
_MANY_CHILDREN = 200_000
"""With more children than this (some ten authorities) definitions are counted one by one: many in a
statement save time, one saves memory."""


class Counted(NamedTuple):
    """What was counted of some definitions.

    `series` are the groups there is evidence of, each by the definition's place in `definitions`,
    dimension and group, ordered by these with the total first. `slots` says what each row is of: the
    place of its series times the number of periods, plus the place of its period. `columns` are the
    rows' numerators, denominators, values, numbers not known, and lower and upper quartiles.
    """

    definitions: Sequence[Definition]
    series: Sequence[tuple[int, str, str]]
    slots: Sequence[int]
    columns: Sequence[Sequence[Any]]

    @classmethod
    def of(
        cls, definitions: Sequence[Definition], periods: int, columns: Sequence[Sequence[Any]]
    ) -> "Counted":
        """Make it from the columns of `counting`, in any order of rows."""
        numbers, nos, by_names, groups, *rest = columns
        keys = list(zip(numbers, by_names, groups, strict=True))
        series = sorted(set(keys), key=lambda key: (key[0], key[1] != TOTAL, key))
        places = {key: place * periods for place, key in enumerate(series)}
        slots = [places[key] + no for key, no in zip(keys, nos, strict=True)]
        return cls(definitions, series, slots, rest)


class Counting(ABC):
    """What every engine gives, whatever it runs on."""

    @abstractmethod
    def counted(
        self, definitions: Sequence[Definition], periods: Sequence[Period], by: Sequence[str] = ()
    ) -> Iterator[Counted]:
        """Count each definition in each period, in total and by each dimension, a batch at a time."""

    def cells(
        self, definitions: Sequence[Definition], periods: Sequence[Period], by: Sequence[str] = ()
    ) -> list[Cell]:
        """Count each definition in each period, in total and by each dimension.

        Groups with no evidence in a period are not in the result; `figures` fills them in.
        """
        result: dict[int, list[Cell]] = {id(definition): [] for definition in definitions}
        for batch, series, slots, columns in self.counted(definitions, periods, by):
            for slot, *rest in zip(slots, *columns, strict=True):
                place, no = divmod(slot, len(periods))
                number, by_name, group = series[place]
                start, end = periods[no]
                cell = Cell(batch[number], start, end, by_name, group, *rest)
                result[id(batch[number])].append(cell)
        return [cell for definition in definitions for cell in result[id(definition)]]


@dataclass(frozen=True)
class Remit:
    """Whose rows a person may see: those of any of these districts, teams or workers, by name.

    `Not known` is a name too: whoever does not have it does not see a row that lacks the column's value.
    """

    districts: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    workers: frozenset[str] = frozenset()

    def names(self) -> dict[str, list[str]]:
        """Give the names of each dimension, in order."""
        named = {"district": self.districts, "team": self.teams, "worker": self.workers}
        return {by: sorted(names) for by, names in named.items()}


class Evidence(NamedTuple):
    """Evidence rows behind a figure, or a page of them: names of columns, then rows.

    `total` is how many rows there are in the remit on all pages, `left_out` how many lie outside it.
    """

    columns: list[str]
    rows: list[tuple[object, ...]]
    total: int
    left_out: int


class _MadeViews:
    """Which shared tables an engine and those beside it have made, one at a time."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.names: set[str] = set()


class Engine(Counting):
    """Computes indicators over a connection that has a table or view for each record table.

    `at_once` statements run beside each other, each on a cursor of the connection, where one statement
    does not keep all of DuckDB's threads busy. Cursors do not see each other's temporary tables: the
    record tables must then be lasting ones, as those made of them (`views`) are.

    One thread at a time may use an engine. Give each thread its own, from `cursor`: they share the
    records and the tables made of them, each of which one thread makes while the others wait for it.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        settings: Settings | None = None,
        at_once: int = 1,
    ) -> None:
        self._connection = connection
        self._settings = settings or load_settings()
        self._made: set[str] = set()
        self._views = _MadeViews()
        self._periods: list[Period] = []
        self._beside = [Engine(connection.cursor(), self._settings) for _ in range(at_once - 1)]
        for each in self._beside:
            each._views = self._views

    def cursor(self) -> "Engine":
        """Give an engine over the same records for another thread; `close` it when the thread is done."""
        other = Engine(self._connection.cursor(), self._settings)
        other._views = self._views
        return other

    def close(self) -> None:
        """Close the engine's connection; of a `cursor`, that one alone."""
        self._connection.close()

    def counted(
        self, definitions: Sequence[Definition], periods: Sequence[Period], by: Sequence[str] = ()
    ) -> Iterator[Counted]:
        """Count definitions; see `Counting`.

        Batches come as they are ready, and the others are counted while the caller is at work on one:
        until it has had all of them, the engine can do nothing else.
        """
        many = self._has_many_children()
        idle: SimpleQueue[Engine] = SimpleQueue()
        engines = [self, *self._beside]
        for engine in engines:
            idle.put(engine)

        def count(batch: Sequence[Definition]) -> tuple[Sequence[Definition], pa.Table, pa.Table]:
            engine = idle.get()
            try:
                engine._prepare_periods(periods)
                return batch, *engine._count(batch, by)
            finally:
                idle.put(engine)

        workers = ThreadPoolExecutor(max_workers=len(engines))
        try:
            together = batches(definitions, 1 if many else TOGETHER)
            for done in as_completed([workers.submit(count, batch) for batch in together]):
                batch, *tables = done.result()
                # Lists are made here, in the caller's thread, while the next batch is counted.
                named, (slots, *columns) = (
                    [column.to_pylist() for column in each.columns] for each in tables
                )
                del done, tables
                yield Counted(batch, list(zip(*named, strict=True)), slots, columns)
        finally:
            workers.shutdown(cancel_futures=True)

    def _has_many_children(self) -> bool:
        [[children]] = self._connection.execute("SELECT COUNT(*) FROM child").fetchall()
        return bool(children > _MANY_CHILDREN)

    def _count(self, batch: Sequence[Definition], by: Sequence[str]) -> tuple[pa.Table, pa.Table]:
        """Give the series of a batch, and its rows: the slot, and the columns of `Counted`."""
        self._prepare(batch, by)
        run, read = self._connection.execute, self._connection.sql
        run(f"CREATE OR REPLACE TEMP TABLE placed AS\n{placed_sql(batch, by)}")
        run(f"CREATE OR REPLACE TEMP TABLE counted AS\n{counted_sql(batch, by)}")
        run(f"CREATE OR REPLACE TEMP TABLE series AS\n{_SERIES}")
        series = read("SELECT definition, by_name, group_name FROM series ORDER BY place")
        rows = read(_ROWS)
        result = series.to_arrow_table(), rows.to_arrow_table()
        run("DROP TABLE placed; DROP TABLE counted; DROP TABLE series")
        return result

    def evidence(
        self,
        definition: Definition,
        period: Period,
        by: str = "",
        group: str = "",
        *,
        remit: Remit | None = None,
        without: Collection[str] = (),
        without_contacts: Collection[str] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> Evidence:
        """Give the evidence rows of one period (and one group), those in a remit where one is given.

        Rows of the children in `without` are left out, as are those outside the remit, and whatever tells of
        the contacts in `without_contacts`, whichever child it is of.

        They are ordered by every column from the first on, so that pages of `limit` rows from `offset`
        on hold each row once. A definition whose rows have none of a remit's columns has none in it.
        """
        self._prepare_periods([period])
        self._require(definition.sql)
        if by in CHILD_DIMENSIONS:
            self._require("child_dimension")
        wanted, parameters = ["TRUE"], []
        if definition.is_about_workers:
            wanted.append(LATEST_DAY)
        if by and group:
            wanted.append(f"{dimension_sql(definition, by)} = ?")
            parameters.append(group)
        within, names = _within(definition, remit)
        left = {"child_id": without, "contact_id": without_contacts}
        for column, hidden in left.items():
            if hidden and column in definition.sql:
                places = ", ".join("?" * len(hidden))
                within = f"({within} AND COALESCE(e.{column} NOT IN ({places}), TRUE))"
                names = [*names, *sorted(hidden)]
        evidence = f"WITH evidence AS (\n{definition.sql}\n)\n"
        placed = f"{evidence_join(definition, [by] if by else [])}\nWHERE {' AND '.join(wanted)}"
        met = f", {MET_ON_THE_DAY} AS met" if definition.measure == "stock share" else ""
        page = "" if limit is None else "\nLIMIT ? OFFSET ?"
        cursor = self._connection.execute(
            f"{evidence}SELECT e.*{met}\n{placed} AND {within}\nORDER BY ALL{page}",
            [*parameters, *names, *([] if limit is None else [limit, offset])],
        )
        columns, rows = [column[0] for column in cursor.description or []], cursor.fetchall()
        total, left_out = len(rows), 0
        if remit is not None or without or without_contacts or limit is not None:
            [[total, left_out]] = self._connection.execute(
                f"{evidence}SELECT COUNT(*) FILTER (WHERE {within}), "
                f"COUNT(*) FILTER (WHERE NOT ({within}))\n{placed}",
                [*names, *names, *parameters],
            ).fetchall()
        return Evidence(columns, rows, total, left_out)

    def _prepare(self, definitions: Sequence[Definition], by: Sequence[str]) -> None:
        for definition in definitions:
            self._require(definition.sql)
        needed = tables_needed(definitions, by)
        if needed:
            self._require("child_dimension")
        if "child_stretch" in needed:
            self._connection.execute(
                f"CREATE TEMP TABLE IF NOT EXISTS child_stretch AS\n{age_bands_sql()}"
            )

    def _require(self, sql: str) -> None:
        """Make the shared tables that a query names, and those which they name in turn."""
        words = set(re.findall(r"[a-z_0-9]+", sql))
        if words & {"calendar", "working_day"} and "calendar" not in self._made:
            make_calendar(self._connection)
            self._made.add("calendar")
        if "standard" in words and "standard" not in self._made:
            make_standards(self._connection, self._settings)
            self._made.add("standard")
        for name, view in view_sql().items():
            if name in words:
                with self._views.lock:
                    if name not in self._views.names:
                        self._require(view)
                        self._connection.execute(f"CREATE OR REPLACE TABLE {name} AS {view}")
                        self._views.names.add(name)

    def _prepare_periods(self, periods: Sequence[Period]) -> None:
        if self._periods != list(periods):
            make_periods(self._connection, periods)
            self._connection.execute("DROP TABLE IF EXISTS child_stretch")
            self._periods = list(periods)


def _within(definition: Definition, remit: Remit | None) -> tuple[str, list[str]]:
    """Give the condition that a row is in a remit, and its parameters."""
    if remit is None:
        return "TRUE", []
    conditions, parameters = [], []
    for by, names in remit.names().items():
        if names and by in definition.by:
            places = ", ".join("?" * len(names))
            conditions.append(f"{dimension_sql(definition, by)} IN ({places})")
            parameters += names
    return f"({' OR '.join(conditions) or 'FALSE'})", parameters


def make_standards(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Make the table `standard` of an authority's own standards, a row for each word of one."""
    connection.execute(
        "CREATE TEMP TABLE standard "
        "(name VARCHAR, value INTEGER, unit VARCHAR, word VARCHAR, valid_from DATE, valid_until DATE)"
    )
    rows = [
        (each.name, each.value, each.unit, word, each.valid_from, each.valid_until)
        for each in settings.standards
        for word in (each.words or (None,))
    ]
    connection.executemany("INSERT INTO standard VALUES (?, ?, ?, ?, ?, ?)", rows)


def make_periods(connection: duckdb.DuckDBPyConnection, periods: Sequence[Period]) -> None:
    """Make the tables of what is asked for, or make them anew: `period` and `PERIOD_TABLES`."""
    table = pa.table(
        {
            "no": pa.array(range(len(periods)), pa.int32()),
            "period_start": pa.array([start for start, _ in periods], pa.date32()),
            "period_end": pa.array([end for _, end in periods], pa.date32()),
        }
    )
    connection.register("period_arrow", table)
    connection.execute("CREATE OR REPLACE TEMP TABLE period AS SELECT * FROM period_arrow")
    connection.unregister("period_arrow")
    for name, query in PERIOD_TABLES.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")
