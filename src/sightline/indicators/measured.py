"""A snapshot made ready to be measured: its engine, settings, quality, authority and population."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock

import duckdb
import pyarrow as pa

from sightline.clocks.months import periods, year_end
from sightline.indicators.counting import NOT_KNOWN
from sightline.indicators.definition import Definition, catalogue
from sightline.indicators.engine import Counting, Engine, Period
from sightline.indicators.figures import FigureSet, Population, compute
from sightline.indicators.grading import GroupRows, Quality
from sightline.indicators.settings import Settings, load_settings
from sightline.published.areas import Area, find_area
from sightline.published.figures import population
from sightline.published.measures import NotPublishedError
from sightline.quality.check import CheckReport, Outcome
from sightline.quality.holding import holding_of
from sightline.quality.kept_check import whole_check
from sightline.quality.reading import ROW_LOST
from sightline.records import TABLES, Format
from sightline.records.availability import feeders, is_latest_only
from sightline.store.snapshots import Snapshot
from sightline.store.tables import columns_of

Progress = Callable[[str], None]


class Measured:
    """An opened snapshot. What takes time is done once, when it is first asked for.

    `at_once` is as in `Engine`. One thread at a time may use it; `cursor` gives another thread its own.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        connection: duckdb.DuckDBPyConnection,
        settings: Settings,
        progress: Progress,
        at_once: int = 1,
    ) -> None:
        self.snapshot = snapshot
        self.connection = connection
        self.settings = settings
        self._progress = progress
        self._at_once = at_once

    @cached_property
    def engine(self) -> Engine:
        """The engine over the snapshot's records."""
        return Engine(self.connection, self.settings, self._at_once)

    def cursor(self) -> "Measured":
        """Give the same snapshot to another thread: its check and quality, and an engine of its own.

        `close` it when the thread is done. Call this from the thread that has this one, or one at a time.
        """
        other = Measured(
            self.snapshot, self.connection.cursor(), self.settings, self._progress, at_once=1
        )
        other.check, other.quality = self.check, self.quality
        other.engine = self.engine.cursor()
        return other

    def close(self) -> None:
        """Close the connection; of a `cursor`, that one alone."""
        self.engine.close()
        self.connection.close()

    @cached_property
    def formats(self) -> tuple[str, ...]:
        """The formats of the returns held."""
        return tuple(sorted({each.format for each in self.snapshot.manifest.returns}))

    @cached_property
    def check(self) -> CheckReport:
        """What every rule found."""
        return whole_check(self.snapshot, self.connection, progress=self._progress)

    @cached_property
    def quality(self) -> Quality:
        """What is known of the records' quality, for the grade of each figure."""
        return quality_of(self.snapshot, self.connection, self.check)

    @cached_property
    def covered(self) -> Period:
        """First and last day that any return covers."""
        returns = self.snapshot.manifest.returns
        return (
            min(each.period_start for each in returns),
            max(each.period_end for each in returns),
        )

    @cached_property
    def authority(self) -> Area | None:
        """The authority whose returns these are, where they or the load said so."""
        stated = {each.authority for each in self.snapshot.manifest.returns if each.authority}
        if len(stated) != 1:
            return None
        try:
            return find_area(stated.pop())
        except NotPublishedError:
            return None

    @property
    def authority_name(self) -> str:
        """The authority's name, from the settings or the statistics; empty where nothing says."""
        return self.settings.authority or (self.authority.name if self.authority else "")

    @cached_property
    def population(self) -> Population | None:
        """Children aged 0 to 17 for the rates of a period that ends on a day."""
        area = self.authority
        if area is None:
            return None
        return lambda day: population(area.code, year_end(day).year)

    def asked_periods(self, every: str, start: date | None, end: date | None) -> list[Period]:
        """Give the periods of a length within what is asked for, or else within what is covered.

        Where the returns cover less than one such period, it is the stretch they do cover.
        """
        first, last = start or self.covered[0], end or self.covered[1]
        whole = periods(every, first, last)
        if start is None:
            whole = [period for period in whole if period[0] >= first]
        return whole or [(first, last)]

    def compute(
        self,
        definitions: Sequence[Definition],
        asked: Sequence[Period],
        by: Sequence[str] = (),
        *,
        every_version: bool = False,
        engine: Counting | None = None,
    ) -> FigureSet:
        """Compute figures with all that is known of the snapshot; see `figures.compute`.

        `engine` is another than the snapshot's own, as one on Spark.
        """
        quality = self.quality
        self._progress(f"Computing {len(definitions)} indicators")
        return compute(
            engine or self.engine,
            definitions,
            asked,
            by,
            formats=self.formats,
            quality=quality,
            population=self.population,
            settings=self.settings,
            every_version=every_version,
        )


@contextmanager
def measured(
    snapshot: Snapshot,
    settings_file: Path | None = None,
    progress: Progress = lambda _: None,
) -> Iterator[Measured]:
    """Open a snapshot for measuring. `StoreError` or `SettingsError` if it cannot be."""
    settings = load_settings(settings_file)
    with snapshot.connect() as connection:
        yield Measured(snapshot, connection, settings, progress, at_once=2)


def quality_of(
    snapshot: Snapshot, connection: duckdb.DuckDBPyConnection, check: CheckReport
) -> Quality:
    """Say what a check means for figures: rows with an error, rows lost, and failed rules' fields."""
    broken = _BrokenRows(snapshot, connection, check)
    return Quality(
        rows={name: content.rows for name, content in snapshot.manifest.tables.items()},
        broken=broken.counts(),
        failed=frozenset(
            field for rule in check.rules if rule.outcome is Outcome.FAILED for field in rule.fields
        ),
        covered=_covered(snapshot),
        lost=broken.lost(),
        unsaid=_unsaid(snapshot),
        of_groups=broken.of_groups,
    )


def _covered(snapshot: Snapshot) -> dict[str, tuple[Period, ...]]:
    """Give the days covered for each table, and for the fields whose days are others; see `Quality`."""
    coverage = snapshot.coverage()
    found: dict[str, tuple[Period, ...]] = {
        table: tuple((each.period_start, each.period_end) for each in stretches)
        for table, stretches in coverage.items()
    }
    for table, stretches in coverage.items():
        for column in TABLES[table].columns:
            field = f"{table}.{column.name}"
            latest = [is_latest_only(field, each.format) for each in stretches]
            if any(latest):
                found[field] = tuple(
                    (each.period_end if only else each.period_start, each.period_end)
                    for each, only in zip(stretches, latest, strict=True)
                )
    unsaid = _unsaid(snapshot)
    for field in {each.states_instead for each in catalogue()} - {""} - unsaid:
        table = field.split(".")[0]
        found[field] = tuple(
            stretch
            for each, stretch in zip(coverage.get(table, ()), found.get(table, ()), strict=True)
            if each.format in feeders(field)
        )
    return found


class _BrokenRows:
    """The rows of the combined records on which an error rests.

    A row of an earlier return that a later one replaced is in no figure, and does not count. In a file
    written on one line, many rows stand at one place: then no more are broken than there are findings.
    """

    def __init__(
        self, snapshot: Snapshot, connection: duckdb.DuckDBPyConnection, check: CheckReport
    ) -> None:
        # The engine may be counting on the connection while the caller's figures are graded.
        self._connection = connection = connection.cursor()
        self._tables = snapshot.manifest.tables
        self._groups: dict[str, GroupRows] = {}
        self._one_at_a_time = Lock()
        errors = [rule.code for rule in check.rules if rule.severity == "error"]
        keys = pa.table(
            {
                "path": pa.array([each.path for each in snapshot.manifest.inputs], pa.string()),
                "key": pa.array([each.key for each in snapshot.manifest.inputs], pa.string()),
            }
        )
        connection.register("found_arrow", check.of(errors).found)
        connection.register("key_arrow", keys)
        connection.execute(_BROKEN)
        connection.unregister("found_arrow")
        connection.unregister("key_arrow")

    def lost(self) -> dict[str, int]:
        """How many rows gave no record of a table."""
        return dict(
            self._connection.execute(
                "SELECT table_name, COUNT(*) FROM (SELECT DISTINCT table_name, file, sheet, line, child_id "
                "FROM broken_row WHERE code = ?) AS lost GROUP BY table_name",
                [ROW_LOST],
            ).fetchall()
        )

    def counts(self) -> dict[str, int]:
        """How many rows have an error in each field."""
        found = {}
        for table in self._broken_tables():
            for field, rows in self._connection.execute(
                f"SELECT field, COUNT(*) FROM ({_matched(table)}) AS matched GROUP BY field"
            ).fetchall():
                found[field] = rows
        most = self._connection.execute(
            "SELECT field, COUNT(*) FROM (SELECT DISTINCT field, file, sheet, line, child_id, value "
            "FROM broken_row) AS each_row GROUP BY field"
        ).fetchall()
        return {field: min(found[field], number) for field, number in most if field in found}

    def of_groups(self, by: str) -> GroupRows:
        """Count the rows, and those with an error, of each group; see `Quality.of_groups`."""
        with self._one_at_a_time:
            if by not in self._groups:
                self._groups[by] = self._count_groups(by)
            return self._groups[by]

    def _count_groups(self, by: str) -> GroupRows:
        result: dict[tuple[str, str], tuple[int, int]] = {}
        for table in self._broken_tables():
            if not any(column.name == by for column in columns_of(table)):
                continue
            group = f"COALESCE(t.{by}, '{NOT_KNOWN}')"
            rows = dict(
                self._connection.execute(
                    f"SELECT {group}, COUNT(*) FROM {table} AS t GROUP BY 1"
                ).fetchall()
            )
            for field in self._broken_fields(table):
                broken = dict(
                    self._connection.execute(
                        f"SELECT {group}, COUNT(*) FROM ({_matched(table)}) AS t "
                        "WHERE t.field = ? GROUP BY 1",
                        [field],
                    ).fetchall()
                )
                for name, number in rows.items():
                    result[field, name] = number, broken.get(name, 0)
        return result

    def _broken_tables(self) -> list[str]:
        named = self._connection.execute("SELECT DISTINCT table_name FROM broken_row").fetchall()
        return sorted(name for (name,) in named if name in self._tables and name in TABLES)

    def _broken_fields(self, table: str) -> list[str]:
        named = self._connection.execute(
            "SELECT DISTINCT field FROM broken_row WHERE table_name = ?", [table]
        ).fetchall()
        return sorted(name for (name,) in named)


# Readers name a cell (List 7!M2) or a row (List 7!2): it is one row.
_BROKEN = """
CREATE OR REPLACE TEMP TABLE broken_row AS
SELECT DISTINCT
    found.code, found.field, SPLIT_PART(found.field, '.', 1) AS table_name, keys.key AS file,
    CASE WHEN CONTAINS(found.place, '!') THEN REGEXP_EXTRACT(found.place, '^(.*)![A-Z]*[0-9]+$', 1)
    END AS sheet,
    TRY_CAST(REGEXP_EXTRACT(found.place, '([0-9]+)$', 1) AS INTEGER) AS line,
    found.child_id, found.value
FROM found_arrow AS found
JOIN key_arrow AS keys ON keys.path = found.file
WHERE CONTAINS(found.field, '.')
"""


def _matched(table: str) -> str:
    """Give the SQL of a table's rows with an error, once for each field."""
    return (
        f"SELECT b.field, t.* FROM {table} AS t JOIN (SELECT DISTINCT field, file, sheet, line "
        f"FROM broken_row WHERE table_name = '{table}' AND code <> '{ROW_LOST}') AS b "
        "ON b.file = t.file AND b.line = t.line AND (b.sheet IS NULL OR b.sheet = t.sheet)"
    )


def _unsaid(snapshot: Snapshot) -> frozenset[str]:
    """The fields that no return has a place for. XML and JSON leave out what is blank: they have all."""
    held = holding_of(snapshot.manifest)
    whole = {Format.CIN, Format.DFE_API} & set(map(Format, held.formats))
    every = {f"{table.name}.{column.name}" for table in TABLES.values() for column in table.columns}
    return frozenset(name for name in every - held.fields if not whole.intersection(feeders(name)))
