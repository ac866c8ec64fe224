"""A quality rule: one SQL file that finds the rows which break it.

The SQL yields `child_id, file, sheet, line, value`, a row for each place. `points` is the record
column the finding points at, and `value` what stands there. A rule needs its `fields`; where no
loaded file can hold one of them it could not run, which is not the same as clean. `reading` says
how the rule was read where its source leaves a choice.

Beside the record tables a rule may use `calendar` (see `clocks.calendar_table`), and
`return_period (source, period_start, period_end)`, which has the days that each return covers.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sightline.records.sql_header import DefinitionError, listed, read_sql, sql_files

_HEADER = ("code", "severity", "title", "message", "fields", "points", "source")


@dataclass(frozen=True)
class Rule:
    """One rule. `severity` is `error`, or `query` where the data may stand with a reason."""

    code: str
    severity: str
    title: str
    message: str
    fields: tuple[str, ...]
    points: str
    source: str
    sql: str
    reading: str = ""


def parse(text: str, name: str) -> Rule:
    """Read one rule file; `DefinitionError` says what is wrong with it."""
    header, sql = read_sql(text, name, _HEADER, ("reading",))
    if header["severity"] not in ("error", "query"):
        raise DefinitionError(f"{name}: severity is `error` or `query`")
    return Rule(
        code=header["code"],
        severity=header["severity"],
        title=header["title"],
        message=header["message"],
        fields=listed(header["fields"]),
        points=header["points"],
        source=header["source"],
        sql=sql,
        reading=header.get("reading", ""),
    )


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, by folder and code."""
    found = [parse(text, name) for name, text in sql_files(files("sightline.quality") / "rules")]
    codes = [rule.code for rule in found]
    if twice := {code for code in codes if codes.count(code) > 1}:
        raise DefinitionError(f"Rules stand twice: {', '.join(sorted(twice))}")
    return tuple(found)
