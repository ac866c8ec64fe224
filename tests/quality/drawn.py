"""Examples of the rules: drawn tables in which every row says whether the rule finds it.

    cp_plan
    child_id | start_date | end_date   | found
    Ann      | 2015-06-01 | 2015-06-02 |
    Ben      | 2015-06-01 | 2015-05-31 | yes

Rows without a source, return or file are those of the census to 31 March 2016. A finding must stand
on the row's own line, name its child, and show what the row holds in the column the rule points at.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import duckdb

from practice.example import connect, parse_records
from sightline.quality.check import PlacedFinding, RuleResult, run_rules
from sightline.quality.holding import FilePart, Holding
from sightline.quality.rule import Rule, rules
from sightline.records import TABLES

Period = tuple[str, date, date]
Place = tuple[str, str, str]
"""Place, child and value of a finding."""

CENSUS: Period = ("cin", date(2015, 4, 1), date(2016, 3, 31))
FILE = "0123456789ab"
ROW = {"source": "cin", "return_end": CENSUS[2], "file": FILE, "sheet": ""}
EVERY_FIELD = frozenset(
    f"{table.name}.{column.name}" for table in TABLES.values() for column in table.columns
)


def rule_of(code: str) -> Rule:
    """The rule of a code; of several versions, the latest."""
    found = [rule for rule in rules() if rule.code == code]
    return max(found, key=lambda rule: rule.first_year)


@dataclass(frozen=True)
class Example:
    """One example of one rule, with what it shows in a sentence."""

    code: str
    shows: str
    records: str
    periods: tuple[Period, ...] = (CENSUS,)

    @property
    def rule(self) -> Rule:
        """The rule it is an example of."""
        return rule_of(self.code)

    def draw(self) -> "Drawn":
        """Make the records; rules do not change them, so each example is drawn once."""
        return _draw(self)


@dataclass(frozen=True)
class Drawn:
    """The records of an example, and what its rule must find in them."""

    connection: duckdb.DuckDBPyConnection
    periods: tuple[Period, ...]
    expected: list[Place]
    has_passing: bool

    def run(self, rule: Rule) -> tuple[RuleResult, list[PlacedFinding]]:
        """What a rule finds in the records."""
        file = FilePart(FILE, "", "census.xml", "cin")
        holding = Holding(EVERY_FIELD, (file,), self.periods)
        report = run_rules(self.connection, holding, [rule], year=2016)
        return report.rules[0], list(report.findings)


@cache
def _draw(example: Example) -> Drawn:
    marks: dict[str, list[bool]] = {}
    text = "\n\n".join(_without_marks(block, marks) for block in _blocks(example.records))
    tables = {
        name: [ROW | {key: cell for key, cell in row.items() if cell is not None} for row in rows]
        for name, rows in parse_records(text).items()
    }
    pointed = dict(reversed([point.split(".") for point in example.rule.points]))
    assert set(marks) <= set(pointed), "only tables that the rule points at have rows to find"
    expected = [
        (f"line {line}", str(row.get("child_id", "")), str(row.get(pointed[table], "")))
        for table, found_in in marks.items()
        for line, (row, found) in enumerate(zip(tables[table], found_in, strict=True), start=1)
        if found
    ]
    passing = any(not found for found_in in marks.values() for found in found_in)
    return Drawn(connect(tables), example.periods, expected, passing)


def places(findings: Iterable[PlacedFinding]) -> list[Place]:
    """Where findings stand."""
    return [(each.place, each.child_id, each.value) for each in findings]


def _blocks(text: str) -> list[str]:
    return [block for block in text.strip().split("\n\n") if block.strip()]


def _without_marks(block: str, marks: dict[str, list[bool]]) -> str:
    """Take the column `found`, if there is one, out of a drawn table and keep it apart."""
    name, head, *rows = [line.strip() for line in block.strip().splitlines()]
    columns = [cell.strip() for cell in head.split("|")]
    if columns[-1] != "found":
        return block
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    assert all(len(row) == len(columns) and row[-1] in ("", "yes") for row in cells), block
    marks[name] = [row[-1] == "yes" for row in cells]
    return "\n".join([name, *(" | ".join(row[:-1]) for row in [columns, *cells])])
