"""Runs the rules over a set of records. A rule that fails is reported as failed, never as clean."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cached_property

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from sightline.clocks.calendar_table import make_calendar
from sightline.quality.holding import Holding, files_needed
from sightline.quality.rule import Rule
from sightline.records.codes import codes as list_codes
from sightline.records.codes import is_valid, list_names


class Outcome(StrEnum):
    """What became of a rule."""

    CLEAN = "clean"
    FINDINGS = "findings"
    COULD_NOT_RUN = "could not run"
    FAILED = "failed"


@dataclass(frozen=True)
class PlacedFinding:
    """One thing wrong at one place. `field` is `table.column`; `child_id` may be empty.

    `place` is `line 12` of a file, or `List 6!M12` of a workbook (`List 6!12` where the sheet has no such
    column). The rest is known once the whole of a snapshot is checked (see `whose`): the last day of the
    return, the record's key but for the child, who is to mend it, and `id`, a short name that stays the
    same from load to load.
    """

    code: str
    format: str
    file: str
    place: str
    field: str
    value: str
    message: str
    child_id: str = ""
    return_end: str = ""
    record: str = ""
    team: str = ""
    worker: str = ""
    id: str = ""

    @property
    def column(self) -> str:
        """The column the finding points at."""
        return self.field.split(".")[-1]


_SAID = ("code", "format", "file", "place", "field", "value", "message", "child_id")
FOUND = pa.schema([(name, pa.string()) for name in (*_SAID, "file_key", "sheet", "line")])
"""Findings as columns: what a rule says of each, and where its row stands as the row itself has it."""


@dataclass(frozen=True)
class RuleResult:
    """The outcome of one rule; `reason` says why it could not run or failed.

    `unjudged` are the returns, by format and last day, over which it could not run or failed.
    """

    code: str
    title: str
    severity: str
    formats: tuple[str, ...]
    outcome: Outcome
    findings: int
    reason: str = ""
    fields: tuple[str, ...] = ()
    unjudged: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CheckReport:
    """Every rule's outcome and every finding, as columns and, when asked for, as objects.

    The columns are `FOUND`, or those and more (`whose.CHECKED`).
    """

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
        names = [each.name for each in fields(PlacedFinding) if each.name in table.column_names]
        return tuple(PlacedFinding(**row) for row in table.select(names).to_pylist())


def run_rules(
    connection: duckdb.DuckDBPyConnection,
    holding: Holding,
    chosen: Sequence[Rule],
    *,
    year: int = 0,
    progress: Callable[[], None] = lambda: None,
) -> CheckReport:
    """Run rules over the record tables of `connection`, which were made of what `holding` says.

    `year` is the collection year of a return that is judged alone; without it, codes of any year are
    right. `progress` is called after each rule.
    """
    make_calendar(connection)
    _make_tables(connection, holding, year)
    results: list[RuleResult] = []
    found: list[pa.Table] = []
    for rule in chosen:
        result, findings = _run(connection, rule, holding, () if year else rule.records)
        results.append(result)
        if findings is not None:
            found.append(findings)
        progress()
    return CheckReport(tuple(results), pa.concat_tables([FOUND.empty_table(), *found]))


def together(reports: Sequence[CheckReport]) -> CheckReport:
    """Put together the reports of returns and of the combined records, by rule.

    A rule has one result, the worst of those it had; where it could run over one return and not over
    another, that of the first, and the reason why not over the other. What was found twice, in a
    return and in the combined records, is one finding.
    """
    worst = (Outcome.FAILED, Outcome.FINDINGS, Outcome.CLEAN, Outcome.COULD_NOT_RUN)
    results: dict[str, RuleResult] = {}
    for result in (each for report in reports for each in report.rules):
        before = results.get(result.code)
        if before is None:
            results[result.code] = result
            continue
        first, second = sorted((before, result), key=lambda each: worst.index(each.outcome))
        results[result.code] = replace(
            first,
            formats=tuple(sorted({*first.formats, *second.formats})),
            reason=first.reason or second.reason,
            unjudged=tuple(dict.fromkeys((*before.unjudged, *result.unjudged))),
        )
    found = pa.concat_tables([FOUND.empty_table(), *(report.found for report in reports)])
    found = found.group_by(FOUND.names, use_threads=False).aggregate([]).select(FOUND.names)
    codes = list(results)
    order = pc.index_in(found["code"], pa.array(codes, pa.string()))
    found = found.take(pc.array_sort_indices(order.combine_chunks()))
    counts = {each["values"]: each["counts"] for each in pc.value_counts(found["code"]).to_pylist()}
    return CheckReport(
        tuple(replace(each, findings=counts.get(code, 0)) for code, each in results.items()), found
    )


def _make_tables(connection: duckdb.DuckDBPyConnection, holding: Holding, year: int) -> None:
    """Make the tables about files, periods and codes that rules and their places use (see `rule`)."""
    text, day = pa.string(), pa.date32()
    parts = [(p.file, p.sheet, p.part, p.path, p.format, p.in_workbook) for p in holding.parts]
    letters = [
        (p.file, p.sheet, field, letter) for p in holding.parts for field, letter in p.letters
    ]
    codes = [
        (name, code)
        for name in list_names()
        for code in list_codes(name)
        if not year or is_valid(name, code, year)
    ]
    for name, columns, rows in (
        (
            "return_period",
            {"source": text, "period_start": day, "period_end": day},
            holding.periods,
        ),
        (
            "file_part",
            {
                "file": text,
                "sheet": text,
                "part": text,
                "path": text,
                "format": text,
                "in_workbook": pa.bool_(),
            },
            parts,
        ),
        ("cell_letter", dict.fromkeys(("file", "sheet", "field", "letter"), text), letters),
        ("code_list", dict.fromkeys(("list", "code"), text), codes),
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
        WHEN part.in_workbook THEN CONCAT(broken.sheet, '!', cell.letter, broken.line)
        ELSE CONCAT('line ', broken.line)
    END AS place,
    {points} AS field,
    COALESCE(broken.value, '') AS value,
    COALESCE(broken.child_id, '') AS child_id,
    COALESCE(broken.file, '') AS file_key,
    COALESCE(broken.sheet, '') AS sheet,
    COALESCE(CAST(broken.line AS VARCHAR), '') AS line
FROM broken
LEFT JOIN (
    SELECT file, sheet, MIN(path) AS path, MIN(format) AS format, BOOL_OR(in_workbook) AS in_workbook
    FROM file_part
    GROUP BY file, sheet
) AS part
    ON part.file = broken.file AND part.sheet = COALESCE(broken.sheet, '')
LEFT JOIN cell_letter AS cell
    ON cell.file = broken.file AND cell.sheet = broken.sheet AND cell.field = {points}
{where}
ORDER BY file, broken.sheet, broken.line, child_id, field, value
"""


def _run(
    connection: duckdb.DuckDBPyConnection, rule: Rule, holding: Holding, formats: Sequence[str]
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
            unjudged if outcome in (Outcome.COULD_NOT_RUN, Outcome.FAILED) else (),
        )

    unjudged = tuple(
        (name, str(end)) for name, _, end in holding.periods if not formats or name in formats
    )
    if missing := holding.missing(rule.fields):
        return result(Outcome.COULD_NOT_RUN, reason=files_needed(missing)), None
    try:
        placed = _placed(connection, rule, formats)
    except duckdb.Error as error:
        return result(Outcome.FAILED, reason=str(error).splitlines()[0]), None
    count = placed.num_rows if placed else 0
    if not placed or not count:
        return result(Outcome.CLEAN), None
    for name, text in (("code", rule.code), ("message", rule.message)):
        placed = placed.append_column(name, pa.repeat(pa.scalar(text), count))
    used = [name for name in pc.unique(placed["format"]).to_pylist() if name]
    found = placed.select(FOUND.names).cast(FOUND)
    return result(Outcome.FINDINGS, count, used=used), found


def _placed(
    connection: duckdb.DuckDBPyConnection, rule: Rule, formats: Sequence[str]
) -> pa.Table | None:
    """Give a rule's rows with their places, or None of no rows, as of most rules.

    Finding the places takes longer than a rule does, so it is asked of what was found alone.
    """
    broken = connection.sql(rule.sql).to_arrow_table()
    if not broken.num_rows:
        return None
    connection.register("broken", broken)
    try:
        return connection.sql(_placed_sql(rule, formats)).to_arrow_table()
    finally:
        connection.unregister("broken")


def _placed_sql(rule: Rule, formats: Sequence[str]) -> str:
    """Ask for the places of the rows that are `broken`; only those of `formats`, if any are named."""
    listed = ", ".join(f"'{name}'" for name in formats)
    wanted = {
        "{points}": "broken.points" if len(rule.points) > 1 else f"'{rule.points[0]}'",
        "{where}": f"WHERE part.format IN ({listed})" if formats else "",
    }
    placed = _PLACED
    for mark, text in wanted.items():
        placed = placed.replace(mark, text)
    return placed
