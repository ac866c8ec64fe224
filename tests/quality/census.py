"""Examples of the census's rules: censuses as XML, in which a comment marks each place a rule must find.

    census/8925.xml, census/2886Q-of-many.xml       one or more files a rule

A line that ends with `<!-- found -->` must be found, once; every other line must not. `<!-- found: 2 -->`
asks for two findings. The line is the one on which the module begins. Each file is read as any census is.
The children are invented.
"""

import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from sightline.intake.load import load
from sightline.quality.check import RuleResult, run_rules
from sightline.quality.holding import Holding, holding_of
from sightline.quality.rule import Rule, rules_of_return
from sightline.quality.snapshot_check import collection_year, show_return
from sightline.store.snapshots import Snapshot, Store

FOLDER = Path(__file__).parent / "census"
_MARK = re.compile(r"<!-- found(?:: (\d+))? -->")


@dataclass(frozen=True)
class Census:
    """One file, opened as the return it is."""

    snapshot: Snapshot
    cursor: duckdb.DuckDBPyConnection
    holding: Holding
    year: int
    expected: Counter[int]
    """How many findings each line must have."""

    def rules(self) -> dict[str, Rule]:
        """The rules of its year, by code."""
        return {rule.code: rule for rule in rules_of_return("cin", self.year)}

    def run(self, rule: Rule) -> tuple[RuleResult, Counter[int]]:
        """The outcome of a rule, and how many findings each line has.

        Line 0 has those at no line of a file, or at no column the rule says it may point at.
        """
        report = run_rules(self.cursor, self.holding, [rule], year=self.year)
        lines = Counter(
            int(each.place.removeprefix("line ") or 0)
            if each.field in rule.points and each.file
            else 0
            for each in report.findings
        )
        return report.rules[0], lines


def examples() -> list[Path]:
    """Every file, in order."""
    return sorted(FOLDER.glob("*.xml"))


def code_of(path: Path) -> str:
    """The code of the rule a file is an example of."""
    return path.stem.partition("-")[0]


@cache
def opened(path: Path) -> Census:
    """Load a file into a store of its own, and open it."""
    store = Store(tempfile.mkdtemp(prefix="census-"))
    load([path], store)
    snapshot = store.current()
    [held] = snapshot.manifest.returns
    cursor = snapshot.connect()
    show_return(cursor, snapshot, held)
    marks: Counter[int] = Counter()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if mark := _MARK.search(line):
            marks[number] = int(mark[1] or 1)
    holding = holding_of(snapshot.manifest, [held])
    return Census(snapshot, cursor, holding, collection_year(held), marks)
