"""Runs the rules over a set of records. A rule that fails is reported as failed, never as clean."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from sightline.clocks.calendar_table import make_calendar
from sightline.quality.holding import Holding, files_needed
from sightline.quality.rule import Rule, rules


class Outcome(StrEnum):
    """What became of a rule."""

    CLEAN = "clean"
    FINDINGS = "findings"
    COULD_NOT_RUN = "could not run"
    FAILED = "failed"


@dataclass(frozen=True)
class PlacedFinding:
    """One thing wrong at one place. `field` is `table.column`; `child_id` may be empty.

    `place` is `line 12` of a file, `List 6!12` or `List 6!M12` of a workbook.
    """

    code: str
    format: str
    file: str
    place: str
    field: str
    value: str
    message: str
    child_id: str = ""

    @property
    def column(self) -> str:
        """The column the finding points at."""
        return self.field.split(".")[-1]


FOUND = pa.schema([(each.name, pa.string()) for each in fields(PlacedFinding)])
"""Findings as columns: those of `PlacedFinding`, in its order."""


@dataclass(frozen=True)
class RuleResult:
    """The outcome of one rule; `reason` says why it could not run or failed."""

    code: str
    title: str
    severity: str
    formats: tuple[str, ...]
    outcome: Outcome
    findings: int
    reason: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckReport:
    """Every rule's outcome and every finding, as columns (`FOUND`) and, when asked for, as objects."""

    rules: tuple[RuleResult, ...]
    found: pa.Table

    @property
    def any_failed(self) -> bool:
        """Whether any rule failed, which is a fault of Sightline and not of the data."""
        return any(rule.outcome is Outcome.FAILED for rule in self.rules)

    @cached_property
    def findings(self) -> tuple[PlacedFinding, ...]:
        """Every finding, by rule and place."""
        return self.listed()

    def of(self, codes: Collection[str]) -> "CheckReport":
        """The part of the report that is about these rules."""
        kept = pc.is_in(self.found["code"], pa.array(list(codes), pa.string()))
        return CheckReport(
            tuple(rule for rule in self.rules if rule.code in codes), self.found.filter(kept)
        )

    def listed(self, most: int | None = None) -> tuple[PlacedFinding, ...]:
        """The first findings, or all of them."""
        table = self.found if most is None else self.found.slice(0, most)
        columns = (table[name].to_pylist() for name in FOUND.names)
        return tuple(PlacedFinding(*row) for row in zip(*columns, strict=True))


def run_rules(
    connection: duckdb.DuckDBPyConnection,
    holding: Holding,
    *,
    only: Sequence[Rule] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> CheckReport:
    """Run every rule over the record tables of `connection`, which were made of what `holding` says.

    `progress` is told how many rules are done, of how many.
    """
    make_calendar(connection)
    _make_tables(connection, holding)
    chosen = list(only if only is not None else rules())
    results: list[RuleResult] = []
    found: list[pa.Table] = []
    for done, rule in enumerate(chosen, start=1):
        result, findings = _run(connection, rule, holding)
        results.append(result)
        if findings is not None:
            found.append(findings)
        if progress is not None:
            progress(done, len(chosen))
    return CheckReport(tuple(results), pa.concat_tables([FOUND.empty_table(), *found]))


def _make_tables(connection: duckdb.DuckDBPyConnection, holding: Holding) -> None:
    """Make `return_period`, which rules use, and `file_part`, which turns rows into places."""
    text, day = pa.string(), pa.date32()
    parts = [(p.file, p.sheet, p.path, p.format, p.in_workbook) for p in holding.parts]
    for name, columns, rows in (
        (
            "return_period",
            {"source": text, "period_start": day, "period_end": day},
            holding.periods,
        ),
        (
            "file_part",
            {"file": text, "sheet": text, "path": text, "format": text, "in_workbook": pa.bool_()},
            parts,
        ),
    ):
        schema = pa.schema(list(columns.items()))
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        connection.register("incoming", pa.Table.from_pylist(records, schema))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM incoming")
        connection.unregister("incoming")


# The places of a rule's rows. A row whose file is not known still has its line.
_PLACED = """
SELECT
    COALESCE(part.format, '') AS format,
    COALESCE(part.path, broken.file, '') AS file,
    CASE
        WHEN broken.line IS NULL THEN COALESCE(broken.sheet, '')
        WHEN part.in_workbook THEN CONCAT(broken.sheet, '!', broken.line)
        ELSE CONCAT('line ', broken.line)
    END AS place,
    COALESCE(broken.value, '') AS value,
    COALESCE(broken.child_id, '') AS child_id
FROM (
{sql}
) AS broken
LEFT JOIN file_part AS part
    ON part.file = broken.file AND part.sheet = COALESCE(broken.sheet, '')
ORDER BY file, broken.sheet, broken.line, child_id, value
"""


def _run(
    connection: duckdb.DuckDBPyConnection, rule: Rule, holding: Holding
) -> tuple[RuleResult, pa.Table | None]:
    def result(
        outcome: Outcome, count: int = 0, reason: str = "", used: Iterable[str] = ()
    ) -> RuleResult:
        return RuleResult(
            rule.code,
            rule.title,
            rule.severity,
            tuple(sorted(used)),
            outcome,
            count,
            reason,
            rule.fields,
        )

    if missing := holding.missing(rule.fields):
        return result(Outcome.COULD_NOT_RUN, reason=files_needed(missing)), None
    try:
        placed = connection.sql(_PLACED.replace("{sql}", rule.sql)).to_arrow_table()
    except duckdb.Error as error:
        return result(Outcome.FAILED, reason=str(error).splitlines()[0]), None
    count = placed.num_rows
    if not count:
        return result(Outcome.CLEAN), None
    for name, text in (("code", rule.code), ("field", rule.points), ("message", rule.message)):
        placed = placed.append_column(name, pa.repeat(pa.scalar(text), count))
    used = [name for name in pc.unique(placed["format"]).to_pylist() if name]
    found = placed.select(FOUND.names).cast(FOUND)
    return result(Outcome.FINDINGS, count, used=used), found
