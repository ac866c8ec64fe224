"""`sightline snapshots`: every load that was made, what changed, and the way back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from sightline.cli.asking import store_option
from sightline.cli.output import Progress, print_json, print_table, quiet_option
from sightline.records.availability import FORMAT_NAMES
from sightline.store.differences import TableDifference, diff
from sightline.store.snapshots import Snapshot, Store

_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(
    epilog="""\b
Examples:
  sightline snapshots list --store STORE
  sightline snapshots diff --store STORE           the current one against the one before it
  sightline snapshots undo --store STORE
"""
)
def command() -> None:
    """List, show and compare snapshots, or return to the last one."""


@command.command(
    "list",
    epilog="""\b
Examples:
  sightline snapshots list --store STORE
  sightline snapshots list --store STORE --json
""",
)
@store_option
@_json_option
def list_(store: Path, as_json: bool) -> None:
    """List the snapshots, oldest first; the current one is marked."""
    opened = Store(store)
    current = opened.current().id
    every = opened.list()
    for name in opened.unreadable():
        click.echo(f"{name} is missing or damaged, and cannot be read.", err=True)
    if as_json:
        print_json([_summary(each, current) for each in every])
        return
    print_table(
        ["", "Snapshot", "Made", "Files", "Records", "Findings", "After"],
        [
            (
                "current" if each.id == current else "",
                each.id,
                f"{each.manifest.created:%Y-%m-%d %H:%M}",
                len(each.manifest.inputs),
                f"{_records(each):,}",
                f"{each.manifest.findings:,}",
                each.manifest.parent or "–",
            )
            for each in every
        ],
        numbers=["Files", "Records", "Findings"],
    )


@command.command(
    epilog="""\b
Examples:
  sightline snapshots show --store STORE           the current one
  sightline snapshots show SNAPSHOT --store STORE --quiet
"""
)
@click.argument("snapshot", required=False)
@store_option
@_json_option
@quiet_option
def show(snapshot: str | None, store: Path, as_json: bool, quiet: bool) -> None:
    """Show what a snapshot was made from and holds; the current one, if none is named."""
    opened = Store(store)
    chosen = opened.open(snapshot) if snapshot else opened.current()
    manifest = chosen.manifest
    if as_json:
        print_json(manifest.to_json())
        return
    click.echo(click.style(f"Snapshot {chosen.id}", bold=True))
    click.echo(f"Made {manifest.created:%-d %B %Y at %H:%M} UTC by Sightline {manifest.software}.")
    print_table(
        ["File", "Format", "Returns to", "Encoding", "Read", "Kept", "Rejected", "SHA-256"],
        [
            (
                each.path,
                FORMAT_NAMES.get(each.format, each.format),
                each.period,
                each.encoding,
                f"{each.rows_read:,}",
                f"{each.rows_kept:,}",
                f"{each.rejected:,}",
                each.key,
            )
            for each in manifest.inputs
        ],
        numbers=["Read", "Kept", "Rejected"],
    )
    print_table(
        ["Table", "Rows", "Hash"],
        [
            (name, f"{content.rows:,}", content.hash[:12])
            for name, content in manifest.tables.items()
        ],
        numbers=["Rows"],
    )
    for fact in () if quiet else manifest.facts:
        click.echo(fact)


@command.command(
    "diff",
    epilog="""\b
Examples:
  sightline snapshots diff --store STORE           the current one against the one before it
  sightline snapshots diff SNAPSHOT --store STORE --rows 20
""",
)
@click.argument("before", required=False)
@click.argument("after", required=False)
@store_option
@click.option("--rows", default=0, show_default=True, help="How many rows of each table to show.")
@_json_option
def diff_(before: str | None, after: str | None, store: Path, rows: int, as_json: bool) -> None:
    """Compare two snapshots; by default the current one with the one before it."""
    opened = Store(store)
    later = opened.open(after) if after else opened.current()
    parent = before or later.manifest.parent
    if not parent:
        raise click.UsageError(f"{later.id} is the first snapshot; name two to compare.")
    earlier = opened.open(parent)
    found = diff(earlier, later, rows=rows)
    if as_json:
        print_json({"before": earlier.id, "after": later.id, "tables": _plain(found)})
        return
    if not found:
        click.echo(f"{earlier.id} and {later.id} hold the same records.")
        return
    print_table(
        ["Table", "Added", "Removed", "Changed", "Columns that changed"],
        [
            (
                each.table,
                f"{each.added:,}",
                f"{each.removed:,}",
                f"{each.changed:,}",
                ", ".join(f"{name} ({count:,})" for name, count in each.columns.items()),
            )
            for each in found
        ],
        title=f"From {earlier.id} to {later.id}",
        numbers=["Added", "Removed", "Changed"],
    )
    for each in found:
        if each.rows:
            print_table(
                ["What", "Key", "From → to"],
                [
                    (
                        row.what,
                        " · ".join(row.key),
                        "; ".join(f"{c}: {a or '–'} → {b or '–'}" for c, a, b in row.changes),
                    )
                    for row in each.rows
                ],
                title=each.table,
            )


@command.command(
    epilog="""\b
Examples:
  sightline snapshots undo --store STORE
"""
)
@store_option
@_json_option
@quiet_option
def undo(store: Path, as_json: bool, quiet: bool) -> None:
    """Return to the snapshot before the current one. Nothing is deleted."""
    progress = Progress(quiet=quiet)
    snapshot = Store(store).undo(progress)
    progress.done()
    if as_json:
        print_json({"snapshot": snapshot.id})
    elif not quiet:
        click.echo(f"Snapshot {snapshot.id} is current again.")


def _records(snapshot: Snapshot) -> int:
    return sum(snapshot.manifest.tables[name].rows for name in snapshot.tables())


def _summary(snapshot: Snapshot, current: str) -> dict[str, Any]:
    manifest = snapshot.manifest
    return {
        "snapshot": snapshot.id,
        "current": snapshot.id == current,
        "created": manifest.created.isoformat(),
        "parent": manifest.parent or None,
        "files": [each.path for each in manifest.inputs],
        "tables": {name: manifest.tables[name].rows for name in snapshot.tables()},
        "findings": manifest.findings,
    }


def _plain(found: Sequence[TableDifference]) -> list[dict[str, Any]]:
    return [
        {
            "table": each.table,
            "added": each.added,
            "removed": each.removed,
            "changed": each.changed,
            "columns": each.columns,
            "rows": [
                {
                    "what": row.what,
                    "key": list(row.key),
                    "changes": [{"column": c, "before": a, "after": b} for c, a, b in row.changes],
                }
                for row in each.rows
            ],
        }
        for each in found
    ]
