"""Runs the rules over a set of records. A rule that fails is reported as failed, never as clean."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import duckdb

from sightline.clocks.calendar_table import make_calendar
from sightline.quality.rule import Rule, rules
from sightline.records.availability import advice, lacking


class Outcome(StrEnum):
    """What became of a rule."""

    CLEAN = "clean"
    FINDINGS = "findings"
    COULD_NOT_RUN = "could not run"
    FAILED = "failed"


@dataclass(frozen=True)
class PlacedFinding:
    """One thing wrong at one place. `field` is `table.column`; `child_id` may be empty."""

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
    """Every rule's outcome and every finding."""

    rules: tuple[RuleResult, ...]
    findings: tuple[PlacedFinding, ...]

    @property
    def any_failed(self) -> bool:
        """Whether any rule failed, which is a fault of Sightline and not of the data."""
        return any(rule.outcome is Outcome.FAILED for rule in self.rules)


def place(sheet: str | None, line: int | None) -> str:
    """Say where a record stands: a line of a file, or a row of a sheet."""
    if line is None:
        return sheet or ""
    return f"{sheet}!row {line}" if sheet else f"line {line}"


def run_rules(
    connection: duckdb.DuckDBPyConnection,
    formats: Iterable[str],
    paths: Mapping[str, tuple[str, str]],
    *,
    only: Sequence[Rule] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> CheckReport:
    """Run every rule over the record tables of `connection`.

    `formats` are those loaded; `paths` gives, for the short name in a row's `file` column, the path
    and format of that file. `progress` is told how many rules are done, of how many.
    """
    make_calendar(connection)
    loaded = sorted(set(formats))
    chosen = list(only if only is not None else rules())
    results: list[RuleResult] = []
    found: list[PlacedFinding] = []
    for done, rule in enumerate(chosen, start=1):
        result, findings = _run(connection, rule, loaded, paths)
        results.append(result)
        found += findings
        if progress is not None:
            progress(done, len(chosen))
    return CheckReport(tuple(results), tuple(found))


def _run(
    connection: duckdb.DuckDBPyConnection,
    rule: Rule,
    loaded: Sequence[str],
    paths: Mapping[str, tuple[str, str]],
) -> tuple[RuleResult, list[PlacedFinding]]:
    def result(
        outcome: Outcome, count: int = 0, reason: str = "", used: Iterable[str] = ()
    ) -> RuleResult:
        return RuleResult(
            rule.code,
            rule.title,
            rule.severity,
            tuple(sorted(set(used))),
            outcome,
            count,
            reason,
            rule.fields,
        )

    if lacking(rule.fields, loaded):
        return result(Outcome.COULD_NOT_RUN, reason=advice(rule.fields, loaded)), []
    try:
        rows = connection.execute(
            f"SELECT child_id, file, sheet, line, value FROM (\n{rule.sql}\n) AS broken "
            "ORDER BY file, sheet, line, child_id, value"
        ).fetchall()
    except duckdb.Error as error:
        return result(Outcome.FAILED, reason=str(error).splitlines()[0]), []
    findings = [
        PlacedFinding(
            code=rule.code,
            format=paths.get(file, ("", ""))[1],
            file=paths.get(file, (file or "", ""))[0],
            place=place(sheet, line),
            field=rule.points,
            value="" if value is None else str(value),
            message=rule.message,
            child_id=child_id or "",
        )
        for child_id, file, sheet, line, value in rows
    ]
    used = Counter(finding.format for finding in findings)
    outcome = Outcome.FINDINGS if findings else Outcome.CLEAN
    return result(outcome, len(findings), used=used), findings
