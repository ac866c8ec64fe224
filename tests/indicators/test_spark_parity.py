"""The same definition files on Spark and on DuckDB: every figure is the same.

The records are those of every example of the practice manual, and invented ones with cells blanked
at random, so that what is not known goes through every definition too.
"""

import importlib.util
import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from practice.collect import examples
from practice.example import connect, parse_records
from sightline.clocks.months import periods
from sightline.indicators.definition import Definition, catalogue
from sightline.indicators.engine import Cell, Engine, Period
from sightline.indicators.portable import SparkUnavailableError
from sightline.indicators.spark import SparkEngine, local_session, spark_engine
from sightline.records import TABLES
from sightline.store.snapshots import Store
from store.made import load
from thorough import of_today

CHILDREN = 300
INVENT = Path(__file__).resolve().parents[2] / "bench" / "invent.py"
SMALL = {
    "spark.master": "local[2]",
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.leafNodeDefaultParallelism": "1",
    # Compiling each query takes longer than these few rows do.
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
"""Spark for few rows and many queries."""

Key = tuple[date, date, str, str]
Numbers = tuple[float | None, ...]


def _practice() -> dict[str, list[dict[str, object]]]:
    """The records of every example, each with children of its own."""
    merged: dict[str, list[dict[str, object]]] = defaultdict(list)
    for number, example in enumerate(examples()):
        for table, rows in parse_records(example.records).items():
            for row in rows:
                child = row.get("child_id")
                merged[table].append(
                    {**row, "child_id": f"P{number} {child}"} if child else dict(row)
                )
    return merged


def _invented(folder: Path) -> dict[str, Path]:
    """The tables of the invented authority that the benchmarks use, small."""
    spec = importlib.util.spec_from_file_location("invent", INVENT)
    assert spec is not None
    assert spec.loader is not None
    invent = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["invent"] = invent
    spec.loader.exec_module(invent)
    snapshot = invent.make_store(folder, CHILDREN).snapshot
    return {name: snapshot.table_path(name) for name in snapshot.tables()}


def _with_holes(name: str, path: Path) -> str:
    """SQL for the rows of a table, one cell in twelve blank where the table does not need it."""
    table = TABLES[name]
    needed = {*table.key, *table.needs, "child_id"}
    holes = ", ".join(
        f'CASE WHEN hash(line, \'{name} {column}\') % 12 <> 0 THEN "{column}" END AS "{column}"'
        for column in (each.name for each in table.columns)
        if column not in needed
    )
    replaced = f" REPLACE ({holes})" if holes else ""
    return f"SELECT *{replaced} FROM read_parquet('{path}')"


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A parquet file of each record table."""
    folder = tmp_path_factory.mktemp("parity")
    invented = _invented(folder / "store")
    made: dict[str, Path] = {}
    with connect(_practice()) as connection:
        for name in TABLES:
            if name in invented:
                rows = _with_holes(name, invented[name])
                connection.execute(f"INSERT INTO {name} BY NAME {rows}")
            made[name] = folder / f"{name}.parquet"
            connection.execute(f"COPY {name} TO '{made[name]}' (FORMAT parquet)")
    return made


@pytest.fixture(scope="module")
def asked() -> list[Period]:
    """Every year, the months of one, and a week that no year holds alone."""
    years = periods("year", date(2012, 4, 1), date(2024, 3, 31))
    months = periods("month", date(2016, 4, 1), date(2017, 3, 31))
    return [*years, *months, (date(2018, 3, 29), date(2018, 4, 4))]


@pytest.fixture(scope="module")
def spark() -> Iterator[object]:
    session = local_session(SMALL)
    yield session
    session.stop()


Found = dict[str, dict[Key, Numbers]]


def _name(definition: Definition) -> str:
    return f"{definition.code} v{definition.version} {definition.part}".strip()


def _by_definition(cells: list[Cell]) -> Found:
    found: Found = defaultdict(dict)
    for cell in cells:
        key = (cell.period_start, cell.period_end, cell.by, cell.group)
        numbers = (
            cell.numerator,
            cell.denominator,
            cell.value,
            cell.unknown,
            cell.lower_quartile,
            cell.upper_quartile,
        )
        assert key not in found[_name(cell.definition)]
        found[_name(cell.definition)][key] = numbers
    return found


def _counted(tables: dict[str, Path], asked: list[Period], spark: object) -> tuple[Found, Found]:
    """Every definition of today's run by every breakdown, on DuckDB and on Spark."""
    definitions = of_today(catalogue())
    by = sorted({name for each in definitions for name in each.dimensions})
    with duckdb.connect() as connection:
        for name, path in tables.items():
            connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{path}')")
        ours = _by_definition(Engine(connection).cells(definitions, asked, by))
    engine = SparkEngine(spark, tables)  # type: ignore[arg-type]
    theirs = _by_definition(engine.cells(definitions, asked, by))
    engine.close()
    return ours, theirs


def _differ(a: Numbers, b: Numbers) -> bool:
    return any(
        (x is None) != (y is None)
        or (x is not None and y is not None and not math.isclose(x, y, rel_tol=1e-9, abs_tol=1e-9))
        for x, y in zip(a, b, strict=True)
    )


def _difference(
    definition: Definition, ours: dict[Key, Numbers], theirs: dict[Key, Numbers]
) -> str:
    """What is not the same of one definition, or that too little of it was compared."""
    if {by for _, _, by, _ in ours} != {"all", *definition.dimensions}:
        return "is not counted by every breakdown, so not every one is compared"
    if only := sorted(ours.keys() ^ theirs.keys()):
        return f"{len(only)} groups are on one side only, as {only[0]}"
    differing = {
        key: (numbers, theirs[key])
        for key, numbers in ours.items()
        if _differ(numbers, theirs[key])
    }
    return f"{len(differing)} differ, as {next(iter(differing.items()))}" if differing else ""


# One test, not one for each definition: several workers would each start Spark and count them all.
@pytest.mark.spark
@pytest.mark.slow
def test_every_figure_is_the_same_on_spark(
    tables: dict[str, Path], asked: list[Period], spark: object
) -> None:
    ours, theirs = _counted(tables, asked, spark)
    differences = {
        _name(each): difference
        for each in of_today(catalogue())
        if (difference := _difference(each, ours[_name(each)], theirs[_name(each)]))
    }
    assert not differences, "\n".join(f"{name}: {what}" for name, what in differences.items())


@pytest.mark.spark
def test_a_snapshot_is_measured_on_spark_with_the_authority_s_settings(
    tmp_path: Path, spark: object
) -> None:
    """Also where the store's name holds marks that mean something to Spark; and it is left clean."""
    store = Store(tmp_path / "O'Hara's [store] {1}")
    plan = {"child_id": "A", "start_date": date(2015, 5, 1)}
    snapshot = load(store, {"child": [{"child_id": "A"}], "cp_plan": [plan]})
    (definition,) = [each for each in catalogue() if each.code == "CP-09"]
    with spark_engine(snapshot, session=spark) as engine:  # type: ignore[arg-type]
        for year, plans in ((2015, None), (2016, 1.0)):
            cells = engine.cells([definition], [(date(year - 1, 4, 1), date(year, 3, 31))])
            assert [cell.value for cell in cells] == ([plans] if plans else [])
    assert [t.name for t in spark.catalog.listTables()] == []  # type: ignore[attr-defined]


def test_without_java_a_sentence_says_how_to_have_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("pyspark", reason="needs PySpark, which is an optional part")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(SparkUnavailableError, match=r"Java 17 or later, and it is not on the PATH"):
        local_session()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))
    with pytest.raises(SparkUnavailableError, match=r"JAVA_HOME names .*jdk, where it is not"):
        local_session()


def test_without_pyspark_a_sentence_says_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(SparkUnavailableError, match=r"`pip install 'sightline\[spark\]'` adds"):
        local_session()
