"""What is found while files are read and combined, as rules beside those in SQL.

The readers say what is wrong in a sentence of their own; `reading.csv` gives each kind its severity and
title, so that a person sees one list of rules.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import duckdb

from sightline.quality.check import Outcome, PlacedFinding, RuleResult
from sightline.store.tables import FINDING


@dataclass(frozen=True)
class ReadingRule:
    """One kind of thing that is found while reading; `severity` is `error` or `query`."""

    code: str
    severity: str
    title: str


@cache
def reading_rules() -> dict[str, ReadingRule]:
    """Every kind by its code, in the order of reading."""
    text = (files("sightline.quality") / "reading.csv").read_text("utf-8")
    rows = [ReadingRule(**row) for row in csv.DictReader(text.splitlines())]
    return {rule.code: rule for rule in rows}


def found_reading(
    connection: duckdb.DuckDBPyConnection, formats: Sequence[str]
) -> tuple[list[RuleResult], list[PlacedFinding]]:
    """Give what a snapshot's reading found: a result for each kind, and every finding.

    `connection` has the snapshot's table of findings; `formats` are those loaded.
    """
    rows = connection.execute(
        "SELECT code, format, file, place, table_name, column_name, value, message "
        f"FROM {FINDING} ORDER BY file, line, place, code, column_name, value"
    ).fetchall()
    findings = [
        PlacedFinding(
            code=code,
            format=source,
            file=file,
            place=place or "",
            field=f"{table}.{column}" if table and column else column or "",
            value=value or "",
            message=message,
        )
        for code, source, file, place, table, column, value, message in rows
    ]
    counts = Counter(finding.code for finding in findings)
    sources: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        sources[finding.code].add(finding.format)
    results = [
        RuleResult(
            code=rule.code,
            title=rule.title,
            severity=rule.severity,
            formats=tuple(sorted(sources.get(rule.code, formats))),
            outcome=Outcome.FINDINGS if counts[rule.code] else Outcome.CLEAN,
            findings=counts[rule.code],
        )
        for rule in reading_rules().values()
    ]
    # A kind that the list lacks is still shown: nothing found is dropped for want of a title.
    results += [
        RuleResult(code, code, "error", tuple(sorted(sources[code])), Outcome.FINDINGS, count)
        for code, count in counts.items()
        if code not in reading_rules()
    ]
    return results, findings
