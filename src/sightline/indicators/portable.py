"""Keeps indicator SQL to what DuckDB, Spark and PostgreSQL answer alike, and puts it in their words.

SQLGlot is needed only here, so it is an optional part of the installation (`sightline[spark]`).
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp

READ = "duckdb"
_UNPORTABLE = {
    "age": "age()",
    "date_sub": "date_sub, which Spark reads otherwise: take an INTERVAL away",
    "datesub": "date_sub, which Spark reads otherwise: take an INTERVAL away",
}
"""Functions that SQLGlot passes on as they are."""


class SparkUnavailableError(Exception):
    """Spark, or what it needs, is missing or did not start; the message says how to have it."""


def complaints(sql: str) -> list[str]:
    """Say what in a statement fails, or silently differs, on Spark or PostgreSQL; empty if nothing.

    The list is of constructs tried on all three engines (see docs/explanation): each is refused
    because one of them rejects it or answers otherwise.
    """
    import sqlglot  # noqa: PLC0415 - an optional part, and slow to import
    from sqlglot import exp  # noqa: PLC0415
    from sqlglot.errors import SqlglotError  # noqa: PLC0415

    try:
        statement = sqlglot.parse_one(sql, read=READ)
    except SqlglotError as error:
        return [f"cannot be read as SQL: {str(error).splitlines()[0]}"]
    if not isinstance(statement, exp.Query):
        return ["is not a query"]
    found: dict[str, None] = {}
    for node in statement.walk():
        for refused in _refusals(node):
            found[refused] = None
    return list(found)


def transpile(sql: str, dialect: str) -> str:
    """Put a statement in the words of `spark`, `postgres` or another engine SQLGlot writes.

    Raises `sqlglot.errors.SqlglotError` for what that engine has no words for.
    """
    import sqlglot  # noqa: PLC0415
    from sqlglot import exp  # noqa: PLC0415

    statement = sqlglot.parse_one(sql, read=READ)
    if dialect in ("spark", "databricks"):
        # SQLGlot writes PERCENTILE_APPROX, which picks a value instead of interpolating.
        def exact(node: exp.Expr) -> exp.Expr:
            if isinstance(node, exp.WithinGroup) and isinstance(node.this, exp.PercentileCont):
                ordered = node.expression.expressions[0].this
                return exp.Anonymous(this="PERCENTILE", expressions=[ordered, node.this.this])
            return node

        statement = statement.transform(exact)
    return statement.sql(dialect=dialect, pretty=True, unsupported_level=sqlglot.ErrorLevel.RAISE)


def _refusals(node: "exp.Expr") -> Iterator[str]:
    from sqlglot import exp  # noqa: PLC0415

    def by_zero(division: exp.Expr) -> str:
        safe = _never_zero(division.expression)
        return "" if safe else "a division whose divisor is not in NULLIF"

    checks: dict[type[exp.Expr], Callable[[exp.Expr], str]] = {
        exp.Join: lambda join: (
            "ASOF JOIN" if "ASOF" in f"{join.args.get('method')} {join.args.get('kind')}" else ""
        ),
        exp.DateDiff: lambda diff: (
            ""
            if str(diff.args.get("unit") or "DAY").strip("'").upper() == "DAY"
            else "date_diff by a unit other than days: count months by adding an INTERVAL"
        ),
        exp.ArgMax: lambda _: "arg_max, whose ties differ",
        exp.ArgMin: lambda _: "arg_min, whose ties differ",
        exp.Group: lambda group: "GROUP BY ALL" if group.args.get("all") else "",
        exp.Star: lambda star: (
            "EXCLUDE or REPLACE in a list of columns"
            if star.args.get("except_") or star.args.get("replace")
            else ""
        ),
        exp.TryCast: lambda _: "try_cast",
        exp.SetOperation: lambda union: "UNION BY NAME" if union.args.get("by_name") else "",
        exp.Subquery: lambda query: (
            "a sub-query in FROM without a name"
            if isinstance(query.parent, (exp.From, exp.Join)) and not query.alias
            else ""
        ),
        exp.Div: by_zero,
        exp.IntDiv: by_zero,
        exp.Mod: by_zero,
        exp.Quantile: lambda _: "quantile_cont: use PERCENTILE_CONT ... WITHIN GROUP",
        exp.PercentileCont: lambda function: (
            ""
            if isinstance(function.parent, exp.WithinGroup)
            else "quantile_cont: use PERCENTILE_CONT ... WITHIN GROUP"
        ),
        exp.Anonymous: lambda call: _UNPORTABLE.get(call.name.lower(), ""),
    }
    for kind, check in checks.items():
        if isinstance(node, kind) and (refused := check(node)):
            yield refused


def _never_zero(divisor: "exp.Expr") -> bool:
    from sqlglot import exp  # noqa: PLC0415

    inner = divisor.unnest()
    if isinstance(inner, exp.Literal) and not inner.is_string:
        return float(inner.this) != 0
    return isinstance(inner, exp.Nullif)
