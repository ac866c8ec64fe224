"""The whole check of a snapshot: what reading found, and every rule in SQL."""

from collections.abc import Callable

import duckdb

from sightline.quality.check import CheckReport, run_rules
from sightline.quality.reading import found_reading
from sightline.store.snapshots import Snapshot


def check_snapshot(
    snapshot: Snapshot,
    connection: duckdb.DuckDBPyConnection,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> CheckReport:
    """Check a snapshot through its opened connection (`Snapshot.connect`)."""
    manifest = snapshot.manifest
    formats = sorted({each.format for each in manifest.returns})
    paths = {each.key: (each.path, each.format) for each in manifest.inputs}
    read_results, read_findings = found_reading(connection, formats)
    report = run_rules(
        connection,
        formats,
        paths,
        progress=lambda done, of: progress(f"Checking: rule {done} of {of}"),
    )
    return CheckReport(
        (*read_results, *report.rules),
        (*read_findings, *report.findings),
    )
