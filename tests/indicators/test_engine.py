"""The engine: rows placed in periods, batches, and evidence that is the figure."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest

from practice.example import connect, parse_records
from sightline.indicators.counting import (
    TOTAL,
    batch_sql,
    batches,
    dimension_sql,
    dimensions_of,
)
from sightline.indicators.definition import Definition, catalogue, parse
from sightline.indicators.engine import Cell, Engine, Period
from sightline.records import TABLES, Column, Kind
from sightline.records.codes import codes
from thorough import of_today

PERIODS: list[Period] = [
    (date(2021, 4, 1), date(2022, 3, 31)),
    (date(2021, 10, 1), date(2022, 9, 30)),
    (date(2022, 2, 1), date(2022, 2, 28)),
    (date(2022, 3, 1), date(2022, 3, 31)),
    (date(2022, 3, 31), date(2022, 3, 31)),
    (date(2010, 1, 1), date(2010, 1, 31)),
]
"""Years that overlap, months, a day, two that end together, and one before the records."""


def defined(measure: str, sql: str, **header: str) -> Definition:
    """Make a definition over made-up rows."""
    entries = {
        "code": "T-1", "version": "1", "title": "Test", "area": "Test", "measure": measure,
        "unit": "percent", "better": "neutral", "fields": "referral.referral_date",
        "source": "test", "by": "district", **header,
    }  # fmt: skip
    return parse("\n".join(f"-- {key}: {text}" for key, text in entries.items()) + "\n" + sql, "T")


def rows(columns: str, *values: str) -> str:
    """Give the SQL of made-up evidence."""
    listed = ", ".join(f"({each})" for each in values)
    return f"SELECT * FROM (VALUES {listed}) AS t ({columns})"


def counted(definition: Definition, *periods: tuple[str, str], by: tuple[str, ...] = ()) -> dict:
    engine = Engine(connect({}))
    asked = [(date.fromisoformat(start), date.fromisoformat(end)) for start, end in periods]
    return {
        (cell.period_end.isoformat(), cell.group): (cell.numerator, cell.denominator, cell.unknown)
        for cell in engine.cells([definition], asked, by)
    }


FLOW = "child_id, day, met, district"
STOCK = "child_id, opens, closes, met_from, met_until, known, district"
JANUARY, FEBRUARY = ("2022-01-01", "2022-01-31"), ("2022-02-01", "2022-02-28")


def test_a_flow_belongs_to_the_periods_that_hold_its_day() -> None:
    share = defined(
        "share",
        rows(
            FLOW,
            "'a', DATE '2022-01-01', TRUE, 'N'",
            "'b', DATE '2022-01-31', FALSE, 'N'",
            "'c', DATE '2022-02-01', CAST(NULL AS BOOLEAN), NULL",
        ),
    )
    found = counted(share, JANUARY, FEBRUARY, ("2022-01-31", "2022-02-01"), by=("district",))
    assert found == {
        ("2022-01-31", "all"): (1, 2, 0),
        ("2022-01-31", "N"): (1, 2, 0),
        ("2022-02-28", "all"): (0, 1, 1),
        ("2022-02-28", "Not known"): (0, 1, 1),
        ("2022-02-01", "all"): (0, 2, 1),
        ("2022-02-01", "N"): (0, 1, 0),
        ("2022-02-01", "Not known"): (0, 1, 1),
    }


def test_a_stock_counts_from_the_day_it_opens_up_to_the_day_before_it_closes() -> None:
    stock = defined(
        "stock",
        rows(
            "child_id, opens, closes, district",
            "'a', DATE '2022-01-31', DATE '2022-02-28', 'N'",
            "'b', DATE '2022-02-28', CAST(NULL AS DATE), 'N'",
            "'never', DATE '2022-02-10', DATE '2022-01-10', 'N'",
            "'same day', DATE '2022-01-31', DATE '2022-01-31', 'N'",
            "'unknown', CAST(NULL AS DATE), CAST(NULL AS DATE), 'N'",
        ),
        unit="plans",
    )
    day_before = ("2022-01-30", "2022-01-30")
    found = counted(stock, day_before, JANUARY, ("2022-02-27", "2022-02-27"), FEBRUARY)
    assert found == {
        ("2022-01-31", "all"): (1, None, 0),
        ("2022-02-27", "all"): (1, None, 0),
        ("2022-02-28", "all"): (1, None, 0),
    }


def test_a_stock_share_is_met_within_its_stretch_only() -> None:
    share = defined(
        "stock share",
        rows(
            STOCK,
            # Met from before it opens until after it closes: counts only while it is open.
            "'a', DATE '2022-01-15', DATE '2022-02-15', DATE '2021-01-01', DATE '2023-01-01', TRUE, 'N'",
            # Met from the second month end.
            "'b', DATE '2022-01-01', CAST(NULL AS DATE), DATE '2022-02-28', CAST(NULL AS DATE), TRUE, 'N'",
            # Met until the day before the first.
            "'c', DATE '2022-01-01', CAST(NULL AS DATE), DATE '2022-01-01', DATE '2022-01-31', TRUE, 'N'",
            # Met never, and met until before it is met from.
            "'d', DATE '2022-01-01', CAST(NULL AS DATE), CAST(NULL AS DATE), CAST(NULL AS DATE), TRUE, 'N'",
            "'e', DATE '2022-01-01', CAST(NULL AS DATE), DATE '2022-02-01', DATE '2022-01-05', TRUE, 'N'",
            # Not known, whatever it says.
            "'f', DATE '2022-01-01', CAST(NULL AS DATE), DATE '2022-01-01', CAST(NULL AS DATE), FALSE, 'N'",
        ),
    )  # fmt: skip
    found = counted(share, JANUARY, FEBRUARY)
    assert found == {("2022-01-31", "all"): (1, 6, 1), ("2022-02-28", "all"): (1, 5, 1)}


def test_a_child_is_counted_once_however_many_rows_it_has() -> None:
    columns = "child_id, opens, closes, met, district"
    values = (
        "'a', DATE '2022-01-05', DATE '2022-01-06', TRUE, 'N'",
        "'a', DATE '2022-01-07', DATE '2022-03-06', FALSE, 'S'",
        "'b', DATE '2021-01-07', CAST(NULL AS DATE), FALSE, 'S'",
        # Closes on the first day of February: it does not touch that month.
        "'c', DATE '2022-01-07', DATE '2022-02-01', TRUE, 'S'",
    )
    some = counted(defined("children", rows(columns, *values)), JANUARY, FEBRUARY, by=("district",))
    assert some[("2022-01-31", "all")] == (2, 3, 0)
    assert some[("2022-01-31", "N")] == (1, 1, 0)
    assert some[("2022-01-31", "S")] == (1, 3, 0)
    assert some[("2022-02-28", "all")] == (0, 2, 0)
    every = counted(defined("children all", rows(columns, *values)), JANUARY)
    assert every == {("2022-01-31", "all"): (1, 3, 0)}


def test_age_changes_while_a_stock_is_open() -> None:
    stock = defined(
        "stock",
        rows(
            "child_id, opens, closes, district", "'a', DATE '2022-01-01', CAST(NULL AS DATE), 'N'"
        ),
        unit="plans",
    )
    records = parse_records(
        """
        child
        child_id | birth_date
        a        | 2021-02-28
        """
    )
    cells = Engine(connect(records)).cells(
        [stock],
        [(date(2022, 2, 27), date(2022, 2, 27)), (date(2022, 2, 28), date(2022, 2, 28))],
        ["age"],
    )
    found = {(cell.period_end.day, cell.group) for cell in cells if cell.by == "age"}
    assert found == {(27, "Under 1"), (28, "1 to 4")}


def test_fractions_add_up_to_the_same_in_any_order() -> None:
    ratio = defined(
        "ratio",
        rows(
            "worker_id, day, counted, amount",
            *["1, DATE '2022-01-05', 'numerator', 0.1"] * 3,
            *["1, DATE '2022-01-05', 'denominator', 0.7"] * 3,
        ),
        area="Workforce",
        by="",
    )
    assert counted(ratio, JANUARY) == {("2022-01-31", "all"): (0.3, 2.1, 0)}


def test_the_tables_of_one_request_do_not_reach_into_the_next() -> None:
    """The same engine asked for other periods cuts children at other birthdays."""
    definition = next(each for each in catalogue() if each.code == "CP-09")
    records = invented(7)
    engine = Engine(records)
    engine.cells([definition], [(date(2010, 1, 1), date(2010, 1, 31))], ["age"])
    again = engine.cells([definition], PERIODS[:3], ["age"])
    fresh = Engine(invented(7)).cells([definition], PERIODS[:3], ["age"])
    assert again
    assert sorted(map(str, again)) == sorted(map(str, fresh))


def test_batches_counted_beside_each_other_are_the_same() -> None:
    drawn = invented(3)
    lasting = duckdb.connect()
    for name in TABLES:
        lasting.register("rows", drawn.sql(f"FROM {name}").to_arrow_table())
        lasting.execute(f"CREATE TABLE {name} AS FROM rows")
    by = ["district", "team", "age", "sex"]
    one, two = Engine(drawn), Engine(lasting, at_once=2)
    for periods in (PERIODS, PERIODS[:2]):
        expected = one.cells(catalogue(), periods, by)
        assert len(expected) > 1_000
        assert sorted(map(str, two.cells(catalogue(), periods, by))) == sorted(map(str, expected))


def test_every_definition_is_in_one_batch() -> None:
    for most in (1, 12):
        made = batches(catalogue(), most)
        assert max(map(len, made)) <= most
        assert sorted(each.sql for batch in made for each in batch) == sorted(
            each.sql for each in catalogue()
        )


def test_a_dimension_it_does_not_have_is_refused_with_those_it_has() -> None:
    definition = next(each for each in catalogue() if each.code == "CP-09")
    with pytest.raises(KeyError, match=r"cannot be broken down by source.*district, team, worker"):
        dimension_sql(definition, "source")
    assert dimensions_of(definition, ["source", "team"]) == ("team",)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with invented(1) as connection:
        yield connection


@pytest.fixture(scope="module")
def engine(connection: duckdb.DuckDBPyConnection) -> Engine:
    return Engine(connection)


def test_one_statement_counts_as_two_do(
    connection: duckdb.DuckDBPyConnection, engine: Engine
) -> None:
    """Other engines run `batch_sql` in one go; here its first half is kept in a table."""
    by = ["district", "team", "age", "sex"]
    for batch in batches(catalogue()):
        cells = engine.cells(batch, PERIODS, by)
        found = connection.execute(batch_sql(batch, by)).fetchall()
        assert sorted(map(repr, found)) == sorted(
            repr(
                (
                    batch.index(cell.definition),
                    PERIODS.index((cell.period_start, cell.period_end)),
                    *astuple_of(cell),
                )
            )
            for cell in cells
        )


def astuple_of(cell: Cell) -> tuple[object, ...]:
    return (
        cell.by, cell.group, cell.numerator, cell.denominator, cell.value, cell.unknown,
        cell.lower_quartile, cell.upper_quartile,
    )  # fmt: skip


@pytest.mark.parametrize(
    "definition",
    of_today(catalogue(), days=2),
    ids=lambda d: f"{d.code} {d.part} {d.version}",
)
def test_evidence_rows_are_the_figure(engine: Engine, definition: Definition) -> None:
    """Counted one row at a time, the evidence of each group is its numerator and denominator."""
    by = definition.dimensions
    cells = engine.cells([definition], PERIODS, by)
    for cell in random.Random(2).sample(cells, min(len(cells), 25)):
        asked = ("", "") if cell.by == TOTAL else (cell.by, cell.group)
        names, found, *_ = engine.evidence(definition, (cell.period_start, cell.period_end), *asked)
        numerator, denominator = by_hand(
            definition, [dict(zip(names, r, strict=True)) for r in found]
        )
        assert (cell.numerator, cell.denominator) == (numerator, denominator), cell


def test_every_way_of_counting_has_evidence(engine: Engine) -> None:
    """The made-up records reach most definitions, or the test above would compare nothing."""
    found = {cell.definition for cell in engine.cells(catalogue(), PERIODS)}
    assert len(found) > 0.8 * len(catalogue())


def by_hand(definition: Definition, evidence: list[dict]) -> tuple[float | None, float | None]:
    """Count evidence rows as the table in `definition` says."""
    met = [row["met"] for row in evidence if "met" in row]
    match definition.measure:
        case "count" | "stock" | "profile" | "stock profile":
            return len(evidence), None
        case "share" | "stock share":
            return sum(each is True for each in met), len(met)
        case "median":
            return None, sum(row["value"] is not None for row in evidence)
        case "stock median":
            return None, sum(row["since"] is not None for row in evidence)
        case "mean":
            values = [row["value"] for row in evidence if row["value"] is not None]
            return (round(sum(values), 6) if values else None), len(values)
        case "ratio":
            return tuple(
                round(sum(row["amount"] or 0 for row in evidence if row["counted"] == side), 6)
                for side in ("numerator", "denominator")
            )
        case "children all":
            children = {row["child_id"] for row in evidence}
            missed = {row["child_id"] for row in evidence if row["met"] is not True}
            return len(children - missed), len(children)
    children = {row["child_id"] for row in evidence}
    hit = {row["child_id"] for row in evidence if row["met"]}
    return len(hit), len(children) if definition.unit == "percent" else None


def invented(seed: int, children: int = 40, rows: int = 120) -> duckdb.DuckDBPyConnection:
    """Fill every record table with rows drawn at random, blanks among them, in no sensible order."""
    draw = random.Random(seed)

    def value(column: Column) -> object:
        if column.name == "child_id":
            return f"c{draw.randrange(children)}"
        if draw.random() < 0.15:
            return None
        if column.kind is Kind.DATE:
            return date(2020, 1, 1) + timedelta(days=draw.randrange(1_200))
        if column.kind is Kind.MOMENT:
            return datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=draw.randrange(1_700_000))
        if column.kind is Kind.BOOLEAN:
            return draw.random() < 0.5
        if column.kind in (Kind.INTEGER, Kind.DECIMAL):
            return draw.randrange(1, 30)
        if column.codes:
            return draw.choice(list(codes(column.codes)))
        return draw.choice(("Social worker", "Planned end", "Stepped up", "School", "N", "S"))

    tables: dict[str, list[dict[str, object]]] = {}
    for table in TABLES.values():
        made = []
        for number in range(children if table.name == "child" else rows):
            row = {column.name: value(column) for column in table.columns}
            row["district"] = draw.choice(("North", "South", None))
            row["source"] = draw.choice(("cin", "annex_a", "ssda903", "ssd", "casework"))
            row["return_end"] = date(2023, 3, 31)
            if table.name == "child":
                row["child_id"] = f"c{number}"
                row["birth_date"] = date(2002, 1, 1) + timedelta(days=draw.randrange(7_600))
            made.append(row)
        tables[table.name] = made
    return connect(tables)
