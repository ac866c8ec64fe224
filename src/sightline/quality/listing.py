"""The findings of a whole check as a list for people: with their rules' words, trend and notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from sightline.quality.check import CheckReport, Outcome, RuleResult
from sightline.quality.notes import Held, apply_notes
from sightline.quality.snapshot_check import rule_finder
from sightline.quality.trend import Became
from sightline.quality.whose import CHECKED
from sightline.store.notes import Note
from sightline.store.snapshots import Snapshot

_RETURN = ("code", "format", "return_end")
_WORDS = ("severity", "title", "module", "official")
LISTED = pa.schema(
    [*CHECKED, *((name, pa.string()) for name in (*_WORDS, "trend", "note", "note_holds"))]
)
"""The columns of the list: those of a whole check, the rule's words, what became of it, its note."""


class By(StrEnum):
    """What findings may be counted by."""

    RULE = "rule"
    SEVERITY = "severity"
    TEAM = "team"
    WORKER = "worker"

    @property
    def column(self) -> str:
        """The column of the list."""
        return "code" if self is By.RULE else self.value


@dataclass(frozen=True)
class GroupCount:
    """The findings of one group.

    `queries` are those without a note that holds, `noted` those with one. `children` counts each child
    once. `became` counts by what became of them, where that was asked: those of now, and those of before
    that are not found now, which are in none of the other numbers.
    """

    group: str
    errors: int
    queries: int
    noted: int
    children: int
    became: Mapping[Became, int]

    @property
    def findings(self) -> int:
        """All findings of now."""
        return self.errors + self.queries + self.noted


def list_findings(
    snapshot: Snapshot, report: CheckReport, found: pa.Table, notes: Mapping[str, Note]
) -> pa.Table:
    """Give findings of a snapshot's whole check as a list (`LISTED`), in their order.

    `found` has the columns `whose.CHECKED`, and `trend` where that is known. The words of a rule are
    those of the return's year.
    """
    results = {rule.code: rule for rule in report.rules}
    find = rule_finder(snapshot.manifest)
    words = []
    for group in found.group_by(list(_RETURN)).aggregate([]).to_pylist():
        rule, _ = find(*(group[name] for name in _RETURN))
        said = rule or results[group["code"]]
        words.append(group | {name: getattr(said, name, "") for name in _WORDS})
    schema = pa.schema([(name, pa.string()) for name in (*_RETURN, *_WORDS)])
    table = found.append_column("n", pa.array(range(found.num_rows), pa.int64()))
    if "trend" not in found.column_names:
        table = table.append_column("trend", pa.repeat(pa.scalar(""), found.num_rows))
    table = table.join(pa.Table.from_pylist(words, schema), list(_RETURN)).sort_by("n")
    return apply_notes(snapshot, table, notes).select(LISTED.names).cast(LISTED)


def only(listed: pa.Table, wanted: Mapping[str, Sequence[str]]) -> pa.Table:
    """Give the rows of a list that have, in each of the columns named, one of the values wanted."""
    for name, values in wanted.items():
        if values:
            listed = listed.filter(pc.is_in(listed[name], pa.array(list(values), pa.string())))
    return listed


def first_of_each(listed: pa.Table, keys: Sequence[str], most: int | None) -> pa.Table:
    """Give the first rows of a list for each set of keys, in their order; all if `most` is none."""
    if most is None:
        return listed
    with duckdb.connect() as connection:
        numbered = listed.append_column("n", pa.array(range(listed.num_rows), pa.int64()))
        connection.register("numbered", numbered)
        return connection.sql(
            f"SELECT * EXCLUDE (n) FROM numbered QUALIFY ROW_NUMBER() OVER "
            f"(PARTITION BY {', '.join(keys)} ORDER BY n) <= {most} ORDER BY n"
        ).to_arrow_table()


def recounted(rules: Sequence[RuleResult], listed: pa.Table) -> list[RuleResult]:
    """Give rules with the number of their findings in a list, which may be a part of all."""
    number = {
        each["values"]: each["counts"] for each in pc.value_counts(listed["code"]).to_pylist()
    }
    return [
        replace(
            rule,
            findings=number.get(rule.code, 0),
            outcome=Outcome.CLEAN
            if rule.outcome is Outcome.FINDINGS and rule.code not in number
            else rule.outcome,
        )
        for rule in rules
    ]


def counts(listed: pa.Table, by: By, gone: pa.Table | None = None) -> list[GroupCount]:
    """Count a list by rule, severity, team or worker: those with most errors first.

    `gone` lists the findings of before that are not found now.
    """
    gone = LISTED.empty_table() if gone is None else gone
    became = ", ".join(f"COUNT(*) FILTER (WHERE trend = '{each}')" for each in Became)
    with duckdb.connect() as connection:
        connection.register("listed", listed)
        connection.register("gone", gone)
        rows = connection.execute(
            f"SELECT {by.column}, "
            "COUNT(*) FILTER (WHERE now AND severity = 'error') AS errors, "
            f"COUNT(*) FILTER (WHERE now AND severity <> 'error' AND note_holds <> '{Held.NOTED}') "
            "AS queries, "
            f"COUNT(*) FILTER (WHERE now AND severity <> 'error' AND note_holds = '{Held.NOTED}') "
            "AS noted, "
            "COUNT(DISTINCT CASE WHEN now AND child_id <> '' THEN child_id END) AS children, "
            f"{became} FROM (SELECT *, TRUE AS now FROM listed UNION ALL "
            f"SELECT *, FALSE AS now FROM gone) GROUP BY {by.column} "
            f"ORDER BY errors DESC, queries DESC, noted DESC, {by.column}"
        ).fetchall()
    return [
        GroupCount(
            group, errors, queries, noted, children, dict(zip(Became, became_of, strict=True))
        )
        for group, errors, queries, noted, children, *became_of in rows
    ]
