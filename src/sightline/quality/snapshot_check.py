"""The whole check of a snapshot: what reading found, and every rule in SQL."""

from collections.abc import Callable

import duckdb
import pyarrow as pa

from sightline.quality.check import CheckReport, run_rules
from sightline.quality.holding import holding_of
from sightline.quality.reading import found_reading
from sightline.store.snapshots import Snapshot


def check_snapshot(
    snapshot: Snapshot,
    connection: duckdb.DuckDBPyConnection,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> CheckReport:
    """Check a snapshot through its opened connection (`Snapshot.connect`)."""
    holding = holding_of(snapshot.manifest)
    read_results, read_found = found_reading(connection, holding.formats)
    report = run_rules(
        connection,
        holding,
        progress=lambda done, of: progress(f"Checking: rule {done} of {of}"),
    )
    return CheckReport((*read_results, *report.rules), pa.concat_tables([read_found, report.found]))
