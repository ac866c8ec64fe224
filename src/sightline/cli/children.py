"""`sightline children`: the evidence rows behind a figure."""

from datetime import date
from pathlib import Path

import click

from sightline.cli.asking import (
    Code,
    read_period,
    settings_file,
    settings_option,
    store_option,
)
from sightline.cli.output import (
    Progress,
    format_option,
    print_csv,
    print_json,
    print_table,
    quiet_option,
)
from sightline.indicators.definition import Definition, versions
from sightline.indicators.engine import Engine, Period
from sightline.store.snapshots import Store


@click.command(
    epilog="""\b
Examples:
  sightline children CP-05 --period 2016-03 --store STORE              March 2016
  sightline children CP-05 --period 2015/16 --group Redditch --store STORE
  sightline children CP-09 --period 2016-03-31 --by age --group "Under 1" --store STORE
  sightline children MI-02 --part offered --period 2016 --store STORE --format csv

The list holds personal data: it is for the people who work with these children.
"""
)
@click.argument("code", type=Code())
@click.option(
    "--period", required=True, help="2016-03, 2016-Q4, 2015/16, or 2015-04-01..2016-03-31."
)
@click.option("--group", help="Only this group, as Redditch.")
@click.option(
    "--by", help="What the group is of, as district. Default: where such a group is found."
)
@click.option("--part", default="", help="Part of the indicator, where it has several.")
@click.option("--version", type=int, help="Version of the definition. Default: that of the period.")
@store_option
@settings_option
@format_option
@quiet_option
def command(
    code: str,
    period: str,
    group: str | None,
    by: str | None,
    part: str,
    version: int | None,
    store: Path,
    settings_path: Path | None,
    layout: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """List the rows behind a figure: the children, the dates, and whether each was met."""
    from sightline.indicators.measured import measured  # noqa: PLC0415 - keeps --help quick

    asked = read_period(period)
    definition = _chosen(code, part, version, asked[1])
    progress = Progress(quiet=quiet)
    snapshot = Store(store).current()
    with measured(snapshot, settings_file(settings_path, store), progress) as subject:
        dimension = _dimension(subject.engine, definition, [asked, subject.covered], by, group)
        columns, rows, *_ = subject.engine.evidence(definition, asked, dimension, group or "")
    progress.done()
    if as_json or layout == "json":
        print_json([dict(zip(columns, map(_plain, row), strict=True)) for row in rows])
    elif layout == "csv":
        print_csv(columns, [list(map(_plain, row)) for row in rows])
    else:
        which = f", {group}" if group else ""
        print_table(
            [name.replace("_", " ") for name in columns],
            [list(map(_shown, row)) for row in rows],
            title=f"{definition.code} {definition.title}: {asked[0]} to {asked[1]}{which}",
        )
        click.echo(f"{len(rows):,} row{'' if len(rows) == 1 else 's'}.")


def _chosen(code: str, part: str, version: int | None, on: date) -> Definition:
    """Give the one definition asked for; the version in force on the day, unless one is named."""
    every = versions(code)
    parts = list(dict.fromkeys(each.part for each in every))
    if not part and len(parts) > 1:
        raise click.UsageError(f"{code} has several parts; add --part {' or --part '.join(parts)}.")
    found = [
        each
        for each in every
        if each.part == (part or parts[0])
        and (each.version == version if version else each.in_force(on))
    ]
    if not found:
        known = ", ".join(f"{each.part or 'whole'} version {each.version}" for each in every)
        raise click.UsageError(f"{code} has no such part or version on {on}; it has {known}.")
    return found[-1]


def _dimension(
    engine: Engine,
    definition: Definition,
    periods: list[Period],
    by: str | None,
    group: str | None,
) -> str:
    """Give the breakdown that a group belongs to; an error if none of the periods has it."""
    if by is not None and by not in definition.dimensions:
        raise click.BadParameter(
            f"{definition.code} cannot be broken down by {by!r}; "
            f"it can by {', '.join(definition.dimensions)}.",
            param_hint="--by",
        )
    if group is None:
        if by is not None:
            raise click.UsageError(f"--by says what a group is of: name one of {by} with --group.")
        return ""
    looked_in = (by,) if by is not None else definition.dimensions
    cells = engine.cells([definition], periods, looked_in)
    named = [cell.by for cell in cells if cell.group == group and cell.by in looked_in]
    if named:
        return named[0]
    known = dict.fromkeys(cell.group for cell in cells if cell.by == looked_in[0])
    raise click.BadParameter(
        f"{definition.code} has no group {group!r}. "
        f"By {looked_in[0]} there are: {', '.join(known) or 'none'}.",
        param_hint="--group",
    )


def _plain(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, date) else cell


def _shown(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else str(_plain(cell))
