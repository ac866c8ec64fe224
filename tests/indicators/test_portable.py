"""The SQL of indicators keeps to what three engines answer alike, and the lint that says so can fail."""

import pytest
import sqlglot

from sightline.indicators.definition import Definition, catalogue
from sightline.indicators.engine import view_sql
from sightline.indicators.portable import complaints, transpile

DIALECTS = ("spark", "postgres")


def _names(definition: Definition) -> str:
    return " ".join((definition.code, definition.part, str(definition.version))).replace("  ", " ")


@pytest.mark.parametrize("definition", catalogue(), ids=_names)
def test_definition(definition: Definition) -> None:
    assert complaints(definition.sql) == []
    for dialect in DIALECTS:
        assert sqlglot.parse_one(transpile(definition.sql, dialect), read=dialect)


@pytest.mark.parametrize("view", sorted(view_sql()))
def test_view(view: str) -> None:
    assert complaints(view_sql()[view]) == []
    for dialect in DIALECTS:
        assert sqlglot.parse_one(transpile(view_sql()[view], dialect), read=dialect)


REFUSED = {
    "SELECT * FROM a ASOF JOIN b ON a.k = b.k AND a.d >= b.d": "ASOF JOIN",
    "SELECT age(DATE '2016-03-31', born) AS years FROM child": "age()",
    "SELECT age(born) AS years FROM child": "age()",
    "SELECT team, COUNT(*) AS n FROM referral GROUP BY ALL": "GROUP BY ALL",
    "SELECT * EXCLUDE (team) FROM referral": "EXCLUDE or REPLACE in a list of columns",
    "SELECT * REPLACE (1 AS team) FROM referral": "EXCLUDE or REPLACE in a list of columns",
    "SELECT TRY_CAST(code AS INTEGER) AS n FROM referral": "try_cast",
    "SELECT a FROM x UNION BY NAME SELECT a FROM y": "UNION BY NAME",
    "SELECT a FROM x UNION ALL BY NAME SELECT a FROM y": "UNION BY NAME",
    "SELECT n FROM (SELECT 1 AS n)": "a sub-query in FROM without a name",
    "SELECT x.n FROM x JOIN (SELECT 1 AS n) ON TRUE": "a sub-query in FROM without a name",
    "SELECT date_diff('month', a, b) AS n FROM x": "date_diff by a unit other than days",
    "SELECT datediff('year', a, b) AS n FROM x": "date_diff by a unit other than days",
    "SELECT date_sub('month', a, b) AS n FROM x": "date_sub",
    "SELECT datesub('day', a, b) AS n FROM x": "date_sub",
    "SELECT arg_max(team, day) AS team FROM x": "arg_max, whose ties differ",
    "SELECT max_by(team, day) AS team FROM x": "arg_max, whose ties differ",
    "SELECT arg_min(team, day) AS team FROM x": "arg_min, whose ties differ",
    "SELECT quantile_cont(n, 0.5) AS middle FROM x": "quantile_cont",
    "SELECT a / b AS share FROM x": "a division whose divisor is not in NULLIF",
    "SELECT a // b AS share FROM x": "a division whose divisor is not in NULLIF",
    "SELECT a % b AS rest FROM x": "a division whose divisor is not in NULLIF",
    "SELECT a / 0 AS share FROM x": "a division whose divisor is not in NULLIF",
    "SELECT a / COALESCE(NULLIF(b, 0), 0) AS share FROM x": "a division whose divisor is not",
    "DELETE FROM x": "is not a query",
    "SELECT FROM WHERE": "cannot be read as SQL",
}
"""Each construct that TECHNOLOGY's trials found to fail, or to answer otherwise, on an engine."""


@pytest.mark.parametrize(("sql", "complaint"), REFUSED.items())
def test_refused(sql: str, complaint: str) -> None:
    found = complaints(sql)
    assert any(each.startswith(complaint) for each in found), found


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a / NULLIF(b, 0) AS share, a / 7 AS weeks, a % 11 AS rest FROM x",
        "SELECT DATE_DIFF('day', a, b) AS days FROM x",
        "SELECT CAST(a - INTERVAL 12 MONTH AS DATE) AS year_before FROM x",
        "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY n) AS middle FROM x",
        "SELECT a.* FROM (SELECT 1 AS n) AS a JOIN (SELECT 1 AS n) AS b ON a.n = b.n",
        "SELECT team, COUNT(*) FILTER (WHERE met) AS n FROM x GROUP BY team",
        "SELECT BOOL_OR(met) AS met FROM x",
        "SELECT a FROM x UNION ALL SELECT a FROM y",
    ],
)
def test_allowed(sql: str) -> None:
    assert complaints(sql) == []


def test_percentiles_interpolate_on_spark_too() -> None:
    """PERCENTILE_APPROX would pick one of the values."""
    sql = "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY n) AS middle FROM x"
    assert "PERCENTILE(n, 0.5)" in transpile(sql, "spark").replace("\n", " ")
