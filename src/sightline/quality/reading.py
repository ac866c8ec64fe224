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
import pyarrow as pa

from sightline.quality.check import FOUND, Outcome, RuleResult
from sightline.store.tables import FINDING

_SHEET = r"^(.*)![A-Z]*[0-9]*$"
"""The sheet in the place of a finding in a workbook."""

ROW_LOST = "row-without-key"
"""What is said of a row that gives no record, for want of something the record needs."""


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
) -> tuple[list[RuleResult], pa.Table]:
    """Give what a snapshot's reading found: a result for each kind, and the findings (`FOUND`).

    `connection` has the snapshot's table of findings; `formats` are those loaded.
    """
    found = connection.sql(
        "SELECT code, format, file, COALESCE(place, '') AS place, CASE WHEN table_name <> '' "
        "AND column_name <> '' THEN CONCAT(table_name, '.', column_name) "
        "ELSE COALESCE(column_name, '') END AS field, COALESCE(value, '') AS value, message, "
        "COALESCE(child_id, '') AS child_id, COALESCE(file_key, '') AS file_key, "
        f"regexp_extract(place, '{_SHEET}', 1) AS sheet, "
        "COALESCE(CAST(line AS VARCHAR), '') AS line "
        f"FROM {FINDING} "
        f"ORDER BY file, {FINDING}.line, place, code, column_name, value"
    ).to_arrow_table()
    counts: Counter[str] = Counter()
    sources: dict[str, set[str]] = defaultdict(set)
    for code, source, count in connection.execute(
        f"SELECT code, format, COUNT(*) FROM {FINDING} GROUP BY code, format ORDER BY code"
    ).fetchall():
        counts[code] += count
        sources[code].add(source)
    known = reading_rules()
    # A kind that the list lacks is still shown: nothing found is dropped for want of a title.
    every = [*known.values(), *(ReadingRule(c, "error", c) for c in counts if c not in known)]
    results = [
        RuleResult(
            code=rule.code,
            title=rule.title,
            severity=rule.severity,
            formats=tuple(sorted(sources.get(rule.code, formats))),
            outcome=Outcome.FINDINGS if counts[rule.code] else Outcome.CLEAN,
            findings=counts[rule.code],
        )
        for rule in every
    ]
    return results, found.select(FOUND.names).cast(FOUND)
