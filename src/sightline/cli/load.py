"""`sightline load`: files in, a new snapshot out."""

import re
from datetime import date
from pathlib import Path

import click

from sightline.cli.asking import Day, store_option
from sightline.cli.output import Progress, print_json, print_table, quiet_option
from sightline.intake.load import LoadSummary, load
from sightline.records.availability import FORMAT_NAMES
from sightline.store.manifest import Return
from sightline.store.snapshots import Store


@click.command(
    epilog="""\b
Examples:
  sightline load returns/ --store STORE --authority 885
  sightline load cin-2016.xml annex-a.xlsx ssda903.zip --store STORE
  sightline load returns/ --store STORE --places places.csv
  sightline load cin-2016-corrected.xml --store STORE --json

A return replaces the one of the same format and last day; the others are carried over. Nothing is
deleted: `sightline snapshots undo` returns to what was there before.
"""
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@store_option
@click.option("--authority", help="Number of the authority, as 885; a file of another is refused.")
@click.option(
    "--places",
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV file that says which district a team, postcode or child belongs to.",
)
@click.option(
    "--fresh", is_flag=True, help="Start empty: carry nothing over from the last snapshot."
)
@click.option(
    "--as-at", type=Day(), help="The day the files were made, where nothing in them says it."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was loaded as JSON.")
@quiet_option
def command(
    paths: tuple[Path, ...],
    store: Path,
    authority: str | None,
    places: Path | None,
    fresh: bool,
    as_at: date | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Load files, folders or zips into a new snapshot. The format is told from the content."""
    if authority and not re.fullmatch(r"\d{3}", authority):
        raise click.BadParameter(
            f"{authority!r} is not the number of an authority, as 885.", param_hint="--authority"
        )
    progress = Progress(quiet=quiet or as_json)
    try:
        summary = load(
            paths,
            Store(store),
            authority=authority,
            places=places,
            fresh=fresh,
            as_at=as_at,
            progress=progress,
        )
    finally:
        progress.done()
    if as_json:
        print_json(summary.to_json())
    elif not quiet:
        show(summary, store)
    if not quiet:
        for sentence in _left_out(summary):
            click.echo(sentence, err=True)


def show(summary: LoadSummary, store: Path) -> None:
    """Say what a load did, for people."""
    print_table(
        ["File", "Format", "Rows read", "Kept", "Rejected"],
        [
            (
                each.path,
                FORMAT_NAMES.get(each.format, each.format),
                f"{each.rows_read:,}",
                f"{each.rows_kept:,}",
                f"{each.rejected:,}",
            )
            for each in summary.inputs
        ],
        numbers=["Rows read", "Kept", "Rejected"],
    )
    manifest = summary.snapshot.manifest
    tables = summary.snapshot.tables()
    counted = ", ".join(
        f"{manifest.tables[name].rows:,} {name.replace('_', ' ')}" for name in tables
    )
    click.echo(f"Records: {counted or 'none'}.")
    given = [each for each in manifest.returns if each not in summary.carried]
    for fact in (*(fact for each in given for fact in each.facts), *manifest.facts):
        click.echo(fact)
    if summary.replaced:
        click.echo(f"Replaced: {_named(summary.replaced)}.")
    if summary.carried:
        click.echo(f"Carried over: {_named(summary.carried)}.")
    found = manifest.findings
    where = f" --store {store}"
    click.echo(
        f"Snapshot {summary.snapshot.id} is current. "
        + (
            f"Reading found {found:,} thing{'' if found == 1 else 's'}: see `sightline check{where}`."
            if found
            else "Reading found nothing wrong."
        )
    )


def _left_out(summary: LoadSummary) -> list[str]:
    """Say what a return that was replaced had and the files given have not: it is gone with it."""
    returns = summary.snapshot.manifest.returns
    new = {(each.format, each.period_end): each for each in returns}
    said = []
    for old in summary.replaced:
        given = {part.name for part in new[old.format, old.period_end].parts}
        parts = [part.name for part in old.parts if part.name not in given]
        # A list of Annex A has a number for a name.
        if gone := dict.fromkeys(f"list {name}" if name.isdigit() else name for name in parts):
            said.append(
                f"Take care: {_named((old,))} had {', '.join(gone)} too, which the files given do "
                "not, so they are no longer there. Load the files of a return together, or return "
                "to what was there with `sightline snapshots undo`."
            )
    return said


def _named(returns: tuple[Return, ...]) -> str:
    return ", ".join(
        f"{FORMAT_NAMES.get(each.format, each.format)} to {each.period_end:%-d %B %Y}"
        for each in returns
    )
