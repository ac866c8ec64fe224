"""What became of each finding since another snapshot: new, still there, or mended.

A finding is the same as one before if it is of the same rule and return, about the same column of the
same record; of several such, those of the same value go together first. Its line is no part of that.
That a finding is no longer there does not always mean that it was mended, so what was not looked at,
and what went with its record, are told apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import duckdb
import pyarrow as pa

from sightline.quality.check import CheckReport, Outcome, RuleResult
from sightline.quality.holding import holding_of
from sightline.quality.whose import has, record_sql, return_rows
from sightline.records import TABLES
from sightline.store.manifest import Manifest
from sightline.store.snapshots import Snapshot


class Became(StrEnum):
    """What became of a finding.

    `NEW` and `STILL` are of now; `NOT_KNOWN` is of now too, where the rule failed before. `MENDED` is of
    before and no longer found. `RECORD_GONE` is no longer found as the child has fewer such records in
    the return, and this is one of those that went. `NOT_LOOKED_AT` is of a return, a column or a rule
    that is not there to be checked now.
    """

    NEW = "new"
    STILL = "still there"
    NOT_KNOWN = "not known"
    MENDED = "mended"
    RECORD_GONE = "record gone"
    NOT_LOOKED_AT = "not looked at"


@dataclass(frozen=True)
class Trend:
    """The findings of now, and those of before that are not found now, each with the column `trend`."""

    since: Snapshot
    now: pa.Table
    gone: pa.Table


# First those of the same value, then, of what is left, those of another value of the same record.
_PAIRS = """
WITH w AS (
    SELECT n, id, return_end, value,
        ROW_NUMBER() OVER (PARTITION BY id, return_end, value ORDER BY n) AS nth
    FROM was
),
i AS (
    SELECT n, id, return_end, value,
        ROW_NUMBER() OVER (PARTITION BY id, return_end, value ORDER BY n) AS nth
    FROM now
),
same AS (
    SELECT w.n AS before, i.n AS after FROM w JOIN i USING (id, return_end, value, nth)
),
w_left AS (
    SELECT n, id, return_end, ROW_NUMBER() OVER (PARTITION BY id, return_end ORDER BY n) AS nth
    FROM was
    WHERE n NOT IN (SELECT before FROM same)
),
i_left AS (
    SELECT n, id, return_end, ROW_NUMBER() OVER (PARTITION BY id, return_end ORDER BY n) AS nth
    FROM now
    WHERE n NOT IN (SELECT after FROM same)
)
SELECT before, after FROM same
UNION ALL
SELECT w_left.n, i_left.n FROM w_left JOIN i_left USING (id, return_end, nth)
"""

_NOW = f"""
SELECT now.* EXCLUDE (n), CASE
    WHEN pair.after IS NOT NULL THEN '{Became.STILL}'
    WHEN failed.code IS NOT NULL THEN '{Became.NOT_KNOWN}'
    ELSE '{Became.NEW}'
END AS trend
FROM now
LEFT JOIN pair ON pair.after = now.n
LEFT JOIN failed USING (code, format, return_end)
ORDER BY now.n
"""

_GONE = f"""
SELECT gone.* EXCLUDE (n), CASE
    WHEN gone.code NOT IN (SELECT code FROM ruled) OR unjudged.code IS NOT NULL
        OR gone.return_end <> '' AND here.format IS NULL
        OR gone.field IN (SELECT field FROM vocabulary) AND gone.return_end <> ''
            AND held.field IS NULL
    THEN '{Became.NOT_LOOKED_AT}'
    WHEN lost.n IS NOT NULL THEN '{Became.RECORD_GONE}'
    ELSE '{Became.MENDED}'
END AS trend
FROM gone
LEFT JOIN lost ON lost.n = gone.n
LEFT JOIN unjudged USING (code, format, return_end)
LEFT JOIN here USING (format, return_end)
LEFT JOIN held USING (format, return_end, field)
ORDER BY gone.n
"""


def compare(before: Snapshot, was: CheckReport, after: Snapshot, now: CheckReport) -> Trend:
    """Compare the whole checks of two snapshots (see `kept_check.whole_check`)."""
    with duckdb.connect() as connection:
        for name, report in (("was", was), ("now", now)):
            numbered = report.found.append_column("n", pa.array(range(report.found.num_rows)))
            connection.register(name, numbered)
        connection.execute(f"CREATE TABLE pair AS {_PAIRS}")
        connection.execute(
            "CREATE TABLE gone AS SELECT * FROM was WHERE n NOT IN (SELECT before FROM pair)"
        )
        _make(
            connection, "failed", ("code", "format", "return_end"), _unjudged(was, Outcome.FAILED)
        )
        _make(connection, "unjudged", ("code", "format", "return_end"), _unjudged(now))
        _make(connection, "ruled", ("code",), ((rule.code,) for rule in now.rules))
        _make(connection, "here", ("format", "return_end"), _returns(after.manifest))
        _make(connection, "held", ("format", "return_end", "field"), _held(after.manifest))
        every = ((f"{t.name}.{c.name}",) for t in TABLES.values() for c in t.columns)
        _make(connection, "vocabulary", ("field",), every)
        _make_lost(connection, before, after)
        return Trend(
            before,
            connection.sql(_NOW).to_arrow_table(),
            connection.sql(_GONE).to_arrow_table(),
        )


def _make(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: tuple[str, ...],
    rows: Iterator[tuple[str, ...]],
) -> None:
    schema = pa.schema([(column, pa.string()) for column in columns])
    records = [dict(zip(columns, row, strict=True)) for row in dict.fromkeys(rows)]
    connection.register("incoming", pa.Table.from_pylist(records, schema))
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")
    connection.unregister("incoming")


def _unjudged(report: CheckReport, *outcomes: Outcome) -> Iterator[tuple[str, ...]]:
    def wanted(rule: RuleResult) -> bool:
        return not outcomes or rule.outcome in outcomes

    return ((rule.code, *of) for rule in report.rules if wanted(rule) for of in rule.unjudged)


def _returns(manifest: Manifest) -> Iterator[tuple[str, ...]]:
    return ((each.format, str(each.period_end)) for each in manifest.returns)


def _held(manifest: Manifest) -> Iterator[tuple[str, ...]]:
    return (
        (each.format, str(each.period_end), field)
        for each in manifest.returns
        for field in holding_of(manifest, [each]).fields
    )


def _make_lost(connection: duckdb.DuckDBPyConnection, before: Snapshot, after: Snapshot) -> None:
    """Make `lost`: the findings of `gone` whose record went, its child having fewer in the return."""
    connection.execute("CREATE TABLE lost (n BIGINT)")
    pointed = connection.execute(
        "SELECT DISTINCT split_part(field, '.', 1) FROM gone WHERE child_id <> '' ORDER BY 1"
    ).fetchall()
    for (name,) in pointed:
        if name not in TABLES or not has(TABLES[name], "child_id"):
            continue
        for side, snapshot in (("then_", before), ("now_", after)):
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {side} AS SELECT source AS format, "
                "CAST(return_end AS VARCHAR) AS return_end, child_id, "
                f"{record_sql(TABLES[name], 'r')} AS record FROM ({return_rows(snapshot, name)}) AS r "
                "WHERE child_id IN (SELECT child_id FROM gone)"
            )
        counted = "SELECT format, return_end, child_id, COUNT(*) AS records FROM {} GROUP BY ALL"
        connection.execute(
            "INSERT INTO lost SELECT g.n FROM gone AS g "
            f"JOIN ({counted.format('then_')}) AS t USING (format, return_end, child_id) "
            f"LEFT JOIN ({counted.format('now_')}) AS i USING (format, return_end, child_id) "
            "LEFT JOIN (SELECT DISTINCT * FROM now_) AS r "
            "USING (format, return_end, child_id, record) "
            "JOIN here USING (format, return_end) "
            f"WHERE split_part(g.field, '.', 1) = '{name}' AND r.record IS NULL "
            "AND COALESCE(i.records, 0) < t.records"
        )
