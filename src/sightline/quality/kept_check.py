"""The whole check of a snapshot, with whose each finding is, kept so that it is run once.

    STORE/checks/ID.parquet    the findings of snapshot ID; its rules' outcomes stand in the file's metadata

A snapshot never changes, so its findings are the same as long as the rules are, and what runs them: the
file says which these were, and is passed over where they differ. A check in which a rule failed is not
kept, so that the failure is met each time. The files may be deleted at any time.
"""

from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from sightline.intake.combine import ENDS
from sightline.quality.check import CheckReport, Outcome, RuleResult
from sightline.quality.reading import reading_rules
from sightline.quality.snapshot_check import check_snapshot, rules_for
from sightline.quality.whose import CHECKED, add_whose
from sightline.store.kept import DAMAGED, encode, made_by, read_about, software_hash, write_kept
from sightline.store.kept import kept_path as kept_path_of
from sightline.store.manifest import Manifest
from sightline.store.snapshots import Snapshot

_RUNNING = ("quality", "records", "clocks", "store")
"""The packages that decide what a check finds."""


def whole_check(
    snapshot: Snapshot,
    opened: duckdb.DuckDBPyConnection | None = None,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> CheckReport:
    """Check a snapshot, or give what the last check of it found if the rules are the same since.

    `opened` is a connection to it, where there is one already. The findings have the columns
    `whose.CHECKED`. `StoreError` if the snapshot cannot be read.
    """
    rules = rules_hash(snapshot.manifest)
    path = kept_path(snapshot)
    if kept := _read(path, rules):
        return kept
    with nullcontext(opened) if opened else snapshot.connect() as connection:
        report = check_snapshot(snapshot, connection, progress=progress)
        progress("Finding whose each is")
        report = replace(report, found=add_whose(snapshot, connection, report.found))
    if not report.any_failed:
        with suppress(OSError):  # a store that cannot be written can be checked all the same
            _write(path, report, rules)
    return report


def kept_path(snapshot: Snapshot) -> Path:
    """Give the file in which a snapshot's findings are kept, there or not."""
    return kept_path_of(snapshot, "checks")


def rules_hash(manifest: Manifest) -> str:
    """Hash all that decides what a check of a snapshot finds, but for its records."""
    judged, of_records = rules_for(manifest)
    return made_by(
        [
            software_hash(_RUNNING),
            duckdb.__version__,
            ENDS,
            list(reading_rules().values()),
            of_records,
            [(each.format, str(each.period_end), chosen) for each, chosen in judged],
        ]
    )


def _read(path: Path, rules: str) -> CheckReport | None:
    """Read what was kept; none if there is none, it is of other rules, or it is damaged."""
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            if (about := read_about(file, rules)) is None:
                return None
            found = file.read().replace_schema_metadata(None)
        results = tuple(_result(each) for each in about["results"])
    except DAMAGED:
        return None
    return CheckReport(results, found) if found.schema == CHECKED else None


def _write(path: Path, report: CheckReport, rules: str) -> None:
    about = {"results": [asdict(each) for each in report.rules]}
    write_kept(path, encode([report.found.replace_schema_metadata(None)], about, rules))


def _result(values: dict[str, Any]) -> RuleResult:
    return RuleResult(
        **{
            **values,
            "outcome": Outcome(values["outcome"]),
            "formats": tuple(values["formats"]),
            "fields": tuple(values["fields"]),
            "unjudged": tuple((str(name), str(end)) for name, end in values["unjudged"]),
        }
    )
