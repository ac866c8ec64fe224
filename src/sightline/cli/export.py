"""`sightline export`: a return, written from the records of a store."""

import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from sightline.cli.asking import Day, store_option
from sightline.cli.output import Progress, print_json, print_table, quiet_option, while_read
from sightline.export.annex_a import export_annex_a
from sightline.export.census_layout import FIRST_YEAR, LAST_YEAR
from sightline.export.cin import export_cin
from sightline.export.outcome import Exported
from sightline.export.ssd import export_ssd
from sightline.intake.annex_a import MONTHS
from sightline.records import Format
from sightline.store.snapshots import Store

_CODES = """\b
Exit code: 0 if the file says what the records say; 1 if it was written, and is not as the records are
in the places listed; 2 if it was not written."""


@click.group(
    epilog="""\b
Examples:
  sightline export cin --store STORE --year 2026 -o cin-2026.xml
  sightline export annex-a --store STORE --as-at 2026-03-31 -o annex-a.xlsx
  sightline export ssd --store STORE -o ssd/

What a format cannot hold as it is recorded is listed beside the file, in FILE.to-mend.csv, with the
child and the place it was read from. What is printed names no child.
"""
)
def command() -> None:
    """Write a return from the records: the census, Annex A, or the Standard Safeguarding Dataset."""


def _output(ending: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add `--output`, a file of that ending or else a folder, and the options that every export has."""
    folder = not ending
    what = (
        f"File to write, a {ending}."
        if ending
        else "Folder for the tables: new, or that of an earlier export."
    )

    def ends_so(_: click.Context, option: click.Parameter, path: Path) -> Path:
        if ending and path.suffix.lower() != ending:
            raise click.BadParameter(f"{path} does not end in {ending}.", param=option)
        return path

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        function = quiet_option(function)
        function = click.option(
            "--json", "as_json", is_flag=True, help="Print what was written as JSON."
        )(function)
        function = click.option(
            "--list",
            "listed",
            type=click.Path(path_type=Path, dir_okay=False),
            help="Where to list what is not as recorded. Default: beside the output, .to-mend.csv.",
        )(function)
        function = click.option(
            "-o",
            "--output",
            "path",
            type=click.Path(path_type=Path, dir_okay=folder, file_okay=not folder),
            required=True,
            callback=ends_so,
            help=what,
        )(function)
        return store_option(function)

    return add


@command.command(
    epilog=f"""\b
Examples:
  sightline export cin --store STORE --year 2026 -o cin-2026.xml
  sightline export cin --store STORE --year 2017 --authority 885 -o cin-2017.xml --json
  sightline export cin --store STORE --year 2026 --every-record -o as-read.xml

In it is every episode open in the year or referred in it, as it stood on 31 March. The file is valid by
the schema of the year, 2017 to 2026, and codes are those of the year.

{_CODES}
"""
)
@_output(".xml")
@click.option(
    "--year",
    type=click.IntRange(FIRST_YEAR, LAST_YEAR),
    required=True,
    help="The year, by the 31 March that ends it.",
)
@click.option(
    "--authority", help="Number of the authority, as 885. Default: that of the returns held."
)
@click.option(
    "--every-record",
    is_flag=True,
    help="Also what is outside the year or after it: to change a file's layout, not to return it.",
)
def cin(
    path: Path,
    store: Path,
    year: int,
    authority: str | None,
    every_record: bool,
    listed: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the children in need census of a year, as XML."""
    if authority and not re.fullmatch(r"[0-9]{3}", authority):
        raise click.BadParameter(
            f"{authority!r} is not the number of an authority, as 885.", param_hint="--authority"
        )
    progress = Progress(quiet=quiet or as_json)
    try:
        done = export_cin(
            Store(store).current(),
            year,
            path,
            authority=authority or "",
            every_record=every_record,
            listed=listed,
            progress=progress,
        )
    finally:
        progress.done()
    _say(done, as_json=as_json, quiet=quiet)


@command.command(
    name="annex-a",
    epilog=f"""\b
Examples:
  sightline export annex-a --store STORE -o annex-a.xlsx
  sightline export annex-a --store STORE --as-at 2026-03-31 -o annex-a.xlsx
  sightline export annex-a --store STORE --months 12 -o a-year.xlsx

Lists 1 to 9 have six months before the day, lists 10 and 11 twelve. A list that nothing loaded tells of
is left out.

{_CODES}
""",
)
@_output(".xlsx")
@click.option(
    "--as-at", type=Day(), help="The day of the lists. Default: the last of the latest return."
)
@click.option(
    "--months",
    type=click.IntRange(1, 1200),
    default=MONTHS,
    show_default=True,
    help="Months that lists 1 to 9 go back.",
)
def annex_a(
    path: Path,
    store: Path,
    as_at: date | None,
    months: int,
    listed: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the eleven lists of Annex A as at a day, as a workbook."""
    progress = Progress(quiet=quiet or as_json)
    try:
        done = export_annex_a(
            Store(store).current(),
            path,
            as_at=as_at,
            months=months,
            listed=listed,
            progress=progress,
        )
    finally:
        progress.done()
    _say(done, as_json=as_json, quiet=quiet)


@command.command(
    epilog=f"""\b
Examples:
  sightline export ssd --store STORE -o ssd
  sightline export ssd --store STORE -o ssd --json

Every record held is in it, whatever its date. A table that nothing loaded tells of is left out.

{_CODES}
"""
)
@_output()
def ssd(path: Path, store: Path, listed: Path | None, as_json: bool, quiet: bool) -> None:
    """Write the Standard Safeguarding Dataset, as a folder of CSV files."""
    progress = Progress(quiet=quiet or as_json)
    try:
        done = export_ssd(Store(store).current(), path, listed=listed, progress=progress)
    finally:
        progress.done()
    _say(done, as_json=as_json, quiet=quiet)


def _say(done: Exported, *, as_json: bool, quiet: bool) -> None:
    """Print what was written; leave with 1 if it is not as the records are."""
    with while_read():
        if as_json:
            print_json(done.to_json())
        elif not quiet:
            _print(done)
    if not done.is_whole:
        sys.exit(1)


def _print(done: Exported) -> None:
    if done.deviations:
        print_table(
            ["What", "Field", "Why", "Places"],
            [(d.kind.value, d.field, d.what, f"{d.count:,}") for d in done.deviations],
            title="Not as the records are",
            numbers=["Places"],
        )
    counted = ", ".join(f"{count:,} {name}" for name, count in done.rows.items())
    click.echo(f"{done.path}: {done.children:,} children ({counted}).")
    for fact in done.facts:
        click.echo(fact)
    if done.format != Format.CIN:
        click.echo(f"The files do not say their day; to load them, add --as-at {done.day}.")
    if done.listed:
        places = sum(each.count for each in done.deviations)
        click.echo(
            f"{places:,} {'place is' if places == 1 else 'places are'} not as the records have "
            f"{'it' if places == 1 else 'them'}: {done.listed} lists each, with the child and where it "
            "was read."
        )
