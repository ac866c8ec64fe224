"""The whole check of a snapshot, with whose each finding is, kept so that it is run once.

    STORE/checks/ID.parquet    the findings of snapshot ID; its rules' outcomes stand in the file's metadata

A snapshot never changes, so its findings are the same as long as the rules are, and what runs them: the
file says which these were, and is passed over where they differ. A check in which a rule failed is not
kept, so that the failure is met each time. The files may be deleted at any time.
"""

import json
import os
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import asdict, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

import sightline
from sightline.intake.combine import ENDS
from sightline.quality.check import CheckReport, Outcome, RuleResult
from sightline.quality.reading import reading_rules
from sightline.quality.snapshot_check import check_snapshot, rules_for
from sightline.quality.whose import CHECKED, add_whose
from sightline.store.files import flush
from sightline.store.manifest import Manifest
from sightline.store.snapshots import Snapshot

_ABOUT, _DIGEST = b"sightline check", b"sightline digest"
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
    return snapshot.folder.parents[1] / "checks" / f"{snapshot.id}.parquet"


def rules_hash(manifest: Manifest) -> str:
    """Hash all that decides what a check of a snapshot finds, but for its records."""
    judged, of_records = rules_for(manifest)
    told = [
        _code_hash(),
        duckdb.__version__,
        ENDS,
        list(reading_rules().values()),
        of_records,
        [(each.format, str(each.period_end), chosen) for each, chosen in judged],
    ]
    return sha256(repr(told).encode()).hexdigest()


@cache
def _code_hash() -> str:
    digest = sha256()
    root = Path(sightline.__file__).parent
    for package in _RUNNING:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in (".py", ".csv", ".toml"):
                digest.update(f"{path.relative_to(root)}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(path: Path, rules: str) -> CheckReport | None:
    """Read what was kept; none if there is none, it is of other rules, or it is damaged."""
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            told = file.schema_arrow.metadata[_ABOUT]
            about: dict[str, Any] = json.loads(told)
            # Parquet checks its pages, and not its metadata.
            whole = file.schema_arrow.metadata[_DIGEST] == _digest(told)
            if about["rules"] != rules or not whole:
                return None
            found = file.read().replace_schema_metadata(None)
        results = tuple(_result(each) for each in about["results"])
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None
    return CheckReport(results, found) if found.schema == CHECKED else None


def _write(path: Path, report: CheckReport, rules: str) -> None:
    about = {"rules": rules, "results": [asdict(each) for each in report.rules]}
    told = json.dumps(about, ensure_ascii=False).encode()
    metadata = {_ABOUT: told, _DIGEST: _digest(told)}
    path.parent.mkdir(exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        pq.write_table(
            report.found.replace_schema_metadata(metadata),
            beside,
            compression="zstd",
            write_page_checksum=True,
        )
        flush(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _digest(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()


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
