"""The whole check of a snapshot: what reading found, and every rule in SQL.

The combined records are checked as one. Each return of a format that has rules of its own is checked
by itself as well, by the rules of its year.
"""

from collections.abc import Callable

import duckdb

from sightline.quality.check import CheckReport, run_rules, together
from sightline.quality.holding import holding_of
from sightline.quality.reading import found_reading
from sightline.quality.rule import Rule, rules_of_records, rules_of_return
from sightline.records import TABLES
from sightline.store.manifest import Manifest, Return
from sightline.store.snapshots import Snapshot
from sightline.store.tables import FINDING


def check_snapshot(
    snapshot: Snapshot,
    connection: duckdb.DuckDBPyConnection,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> CheckReport:
    """Check a snapshot through its opened connection (`Snapshot.connect`)."""
    manifest = snapshot.manifest
    whole = holding_of(manifest)
    judged, of_records = rules_for(manifest)
    done, of = 0, len(of_records) + sum(len(chosen) for _, chosen in judged)

    def step() -> None:
        nonlocal done
        done += 1
        progress(f"Checking: rule {done} of {of}")

    read_results, read_found = found_reading(connection, whole.formats)
    reports = [CheckReport(tuple(read_results), read_found)]
    for each, chosen in judged:
        with connection.cursor() as cursor:
            show_return(cursor, snapshot, each)
            holding = holding_of(manifest, [each])
            reports.append(
                run_rules(cursor, holding, chosen, year=collection_year(each), progress=step)
            )
    reports.append(run_rules(connection, whole, of_records, progress=step))
    return together(reports)


def rules_for(manifest: Manifest) -> tuple[list[tuple[Return, tuple[Rule, ...]]], list[Rule]]:
    """Give the rules that each return of a snapshot is judged by, and those of the combined records."""
    formats = {each.format for each in manifest.returns}
    of_records = [
        rule for rule in rules_of_records() if not rule.records or set(rule.records) & formats
    ]
    judged = [
        (each, chosen)
        for each in sorted(manifest.returns, key=lambda each: (each.format, each.period_end))
        if (chosen := rules_of_return(each.format, collection_year(each)))
    ]
    return judged, of_records


def rule_finder(manifest: Manifest) -> Callable[[str, str, str], tuple[Rule | None, bool]]:
    """Find the rule behind a finding, from its code and the format and last day of its return.

    Beside it stands whether the return was judged alone. What reading found has no such rule.
    """
    judged, of_records = rules_for(manifest)
    of_returns = {
        (rule.code, each.format, str(each.period_end)): rule
        for each, chosen in judged
        for rule in chosen
    }
    others = {rule.code: rule for rule in of_records}

    def find(code: str, file_format: str, return_end: str) -> tuple[Rule | None, bool]:
        if rule := of_returns.get((code, file_format, return_end)):
            return rule, True
        return others.get(code), False

    return find


def collection_year(of: Return) -> int:
    """The collection year of a return: 2026 is the year to 31 March 2026."""
    last = of.period_end
    return last.year + ((last.month, last.day) > (3, 31))


def show_return(cursor: duckdb.DuckDBPyConnection, snapshot: Snapshot, of: Return) -> None:
    """Put one return's own rows, and what was found reading it, in place of the combined tables."""
    for name in TABLES:
        cursor.execute(f'CREATE TEMP TABLE "{name}" AS {snapshot.return_rows_of(of, name)}')
    cursor.execute(
        f"CREATE TEMP TABLE return_{FINDING} AS SELECT * FROM {FINDING} "
        "WHERE format = ? AND return_end = ?",
        [of.format, of.period_end],
    )
    cursor.execute(f"CREATE TEMP VIEW {FINDING} AS SELECT * FROM return_{FINDING}")
