"""`sightline synth`: the files of an invented authority."""

from pathlib import Path

import click

from sightline.cli.output import Progress, print_json, quiet_option
from sightline.synthetic import FORMATS, invent


@click.command(
    epilog="""\b
Examples:
  sightline synth --like 885 -o invented                    seven years, every format
  sightline synth --like 351 --from 2014 --to 2019 --format cin -o invented
  sightline synth --like 885 --children 2000 -o small       the same rates, fewer children
  sightline synth --like 885 --authorities 15 -o region     one folder for each
  sightline synth --children 2000 --format cin --faults 20 -o faulty
"""
)
@click.option(
    "--like",
    default="885",
    show_default=True,
    help="Number or name of the authority whose published counts to follow.",
)
@click.option(
    "--from",
    "first",
    type=click.IntRange(2000, 2100),
    default=2013,
    show_default=True,
    help="First year, by the 31 March that ends it.",
)
@click.option(
    "--to",
    "last",
    type=click.IntRange(2000, 2100),
    default=2019,
    show_default=True,
    help="Last year, by the 31 March that ends it.",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed, the same files."
)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the files.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    help="Only this format; may be given several times.",
)
@click.option(
    "--children",
    type=click.IntRange(50),
    help="About how many children are known, over all years. Default: as many as the counts need.",
)
@click.option(
    "--authorities",
    type=click.IntRange(1, 1000),
    default=1,
    show_default=True,
    help="How many authorities; each is like another real one, and has its own folder.",
)
@click.option(
    "--faults",
    type=click.IntRange(0),
    default=0,
    help="Plant so many faults in the last return of each format, listed in planted-faults.csv.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
@quiet_option
def command(
    like: str,
    first: int,
    last: int,
    seed: int,
    folder: Path,
    formats: tuple[str, ...],
    children: int | None,
    authorities: int,
    faults: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """Invent an authority whose yearly counts are those published for a real one.

    No child in it is real, and every file says so. Loading the files gives back the published
    figures. The same options give the same files.
    """
    if last < first:
        raise click.BadParameter("is before the first year.", param_hint="--to")
    progress = Progress(quiet=quiet)
    try:
        written = invent(
            folder,
            like=like,
            first=first,
            last=last,
            seed=seed,
            formats=formats or FORMATS,
            children=children,
            authorities=authorities,
            faults=faults,
            progress=progress,
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    progress.done()
    if as_json:
        print_json(
            {
                "folders": [str(path) for path in written.folders],
                "places": [str(path) for path in written.every_places],
                "children": written.children,
                "faults": len(written.faults),
                "notes": written.notes,
            }
        )
        return
    click.echo(f"{written.children:,} invented children, in {folder}. None of them is real.")
    if not quiet:
        for note in written.notes:
            click.echo(f"  {note}")
        click.echo(f"Load them: sightline load {folder} --store STORE --places {written.places}")
