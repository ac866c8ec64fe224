"""Runs the catalogue on Apache Spark, for records that have outgrown one machine.

The same definition files and the same counting statements as `engine`, put in Spark's words by
SQLGlot (docs/decisions/0005). Tables of records, and the views on them, are read and made on Spark;
the calendar, standards and periods are small, and are made as for DuckDB and handed over.

An optional part of the installation (`sightline[spark]`), which needs Java.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from sightline.clocks.calendar_table import make_calendar
from sightline.indicators.counting import (
    COLUMNS,
    age_bands_sql,
    batch_sql,
    batches,
    tables_needed,
)
from sightline.indicators.definition import Definition
from sightline.indicators.engine import (
    PERIOD_TABLES,
    Counted,
    Counting,
    Period,
    make_periods,
    make_standards,
    view_sql,
)
from sightline.indicators.portable import SparkUnavailableError, transpile
from sightline.indicators.settings import Settings, load_settings
from sightline.records import TABLES
from sightline.store.snapshots import Snapshot
from sightline.store.tables import columns_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_KINDS = {
    "VARCHAR": "STRING",
    "INTEGER": "INT",
    "DOUBLE": "DOUBLE",
    "BOOLEAN": "BOOLEAN",
    "DATE": "DATE",
    "TIMESTAMP": "TIMESTAMP_NTZ",
}
_TOGETHER = 12
"""Most definitions in a statement: Spark plans a few longer ones more slowly than several shorter."""
_HANDED_OVER = ("calendar", "working_day", "standard")
_GLOB = re.compile(r"([\\{}\[\]*?])")
_WORD = re.compile(r"[a-z_0-9]+")
_LOCAL = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.sql.session.timeZone": "UTC",
    # Nothing is kept there, but Spark makes the folder, by default where the command is run.
    "spark.sql.warehouse.dir": str(Path(tempfile.gettempdir(), "sightline-spark")),
    "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 2)),
}


class SparkEngine(Counting):
    """Computes indicators over parquet files of record tables, as `Engine` does over DuckDB.

    The session given is left as it was: tables are made in a session of its own beside it.
    """

    def __init__(
        self,
        session: "SparkSession",
        tables: Mapping[str, Path],
        settings: Settings | None = None,
    ) -> None:
        self._session = session.newSession()
        self._made: list[str] = []
        self._periods: list[Period] = []
        self._small = duckdb.connect()
        make_calendar(self._small)
        make_standards(self._small, settings or load_settings())
        for name in TABLES:
            self._read(name, tables.get(name))
        for name in _HANDED_OVER:
            self._hand_over(name)

    def close(self) -> None:
        """Give back the memory that the shared tables take; the session goes on."""
        for name in self._made:
            self._session.catalog.uncacheTable(name)
        self._made.clear()
        self._small.close()

    def counted(
        self, definitions: Sequence[Definition], periods: Sequence[Period], by: Sequence[str] = ()
    ) -> Iterator[Counted]:
        """Count definitions; see `Counting`."""
        self._prepare_periods(periods)
        for alike in batches(definitions):
            for start in range(0, len(alike), _TOGETHER):
                batch = alike[start : start + _TOGETHER]
                for definition in batch:
                    self._require(definition.sql)
                for name in tables_needed(batch, by):
                    self._require(name)
                rows = self._sql(batch_sql(batch, by)).collect()
                columns = list(zip(*rows, strict=True)) or [()] * COLUMNS
                yield Counted.of(batch, len(periods), columns)

    def _prepare_periods(self, periods: Sequence[Period]) -> None:
        if self._periods != list(periods):
            make_periods(self._small, periods)
            for name in ("period", *PERIOD_TABLES):
                self._hand_over(name)
            self._forget("child_stretch")
            self._periods = list(periods)

    def _require(self, sql: str) -> None:
        """Make the shared tables of records that a query names, and those they name in turn."""
        words = set(_WORD.findall(sql))
        for name, query in (*view_sql().items(), ("child_stretch", age_bands_sql())):
            if name in words and name not in self._made:
                self._require(query)
                self._sql(query).createOrReplaceTempView(name)
                self._session.catalog.cacheTable(name)
                self._made.append(name)

    def _forget(self, name: str) -> None:
        if name in self._made:
            self._session.catalog.uncacheTable(name)
            self._made.remove(name)

    def _sql(self, query: str) -> Any:
        return self._session.sql(transpile(query, "spark"))

    def _read(self, name: str, path: Path | None) -> None:
        schema = ", ".join(f"`{c.name}` {_KINDS[c.kind.sql]}" for c in columns_of(name))
        if path is None:
            frame = self._session.createDataFrame([], schema)
        else:
            frame = self._session.read.schema(schema).parquet(_GLOB.sub(r"\\\1", str(path)))
        frame.createOrReplaceTempView(name)

    def _hand_over(self, name: str) -> None:
        table = self._small.sql(f"SELECT * FROM {name}").to_arrow_table()
        self._session.createDataFrame(table).createOrReplaceTempView(name)


@contextmanager
def spark_engine(
    snapshot: Snapshot, settings: Settings | None = None, session: "SparkSession | None" = None
) -> Iterator[SparkEngine]:
    """Open a snapshot on Spark: on the session given, else on one of this machine.

    A session of a cluster must be able to read the store's folder. `SparkUnavailableError` if there is no
    session and none can be started.
    """
    tables = {name: snapshot.table_path(name).absolute() for name in snapshot.tables()}
    own = None
    if session is None:
        session = own = local_session()
    try:
        engine = SparkEngine(session, tables, settings)
        try:
            yield engine
        finally:
            engine.close()
    finally:
        if own is not None:
            own.stop()


def local_session(options: Mapping[str, str] = _LOCAL) -> "SparkSession":
    """Start Spark on this machine, without its web page and its log unless `options` say otherwise.

    `options` are Spark's own, as `spark.driver.memory`. `SparkUnavailableError` says what is missing.
    """
    try:
        import sqlglot  # noqa: F401, PLC0415 - an optional part, like the next two
        from pyspark.errors import PySparkException  # noqa: PLC0415
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as error:
        raise SparkUnavailableError(
            "PySpark or SQLGlot is not installed; `pip install 'sightline[spark]'` adds both."
        ) from error
    _find_java()
    builder = SparkSession.builder.master("local[*]").appName("Sightline")
    for name, value in (_LOCAL | dict(options)).items():
        builder = builder.config(name, value)
    with _silenced() as said:
        try:
            return builder.getOrCreate()
        except (PySparkException, OSError) as error:
            raise SparkUnavailableError(
                f"Spark did not start ({said() or type(error).__name__}); it needs Java 17 or later."
            ) from error


def _find_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not shutil.which(Path(home, "bin", "java") if home else "java"):
        where = f"JAVA_HOME names {home}, where it is not" if home else "it is not on the PATH"
        raise SparkUnavailableError(
            f"Spark needs Java 17 or later, and {where}; on Debian or Ubuntu "
            "`apt-get install openjdk-17-jre-headless` adds it."
        )


@contextmanager
def _silenced() -> Iterator[Any]:
    """Send what the Java machine writes on standard error, now and later, where nobody reads it.

    What goes wrong comes back as an exception. Yields a function that gives the last line written.
    """
    with tempfile.TemporaryFile() as file:

        def last() -> str:
            file.seek(0)
            lines = file.read().decode(errors="replace").split("\n")
            return next((line.strip() for line in reversed(lines) if line.strip()), "")

        kept = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            yield last
        finally:
            os.dup2(kept, 2)
            os.close(kept)
