"""`sightline take-in`: load what a case system left in a folder for the night."""

import sys
from pathlib import Path

import click

from sightline.cli.asking import folder_option
from sightline.cli.output import quiet_option

NOT_WELL = 1
"""Exit code where the files were not loaded, or not published."""


@click.command(
    epilog="""\b
Examples:
  sightline take-in /srv/drop --folder /srv/sightline
  sightline take-in /srv/drop --folder /srv/sightline --publish --quiet

Files are loaded once none of them has changed for a minute, all of them as one load, as if they had been
given in the browser. They are moved to done/, or to failed/ with why.txt.

\b
Exit codes:
  0   loaded, or nothing to load yet
  1   not loaded or not published; the sentence printed says why
  2   the folder or the deployment cannot be read
"""
)
@click.argument("drop", type=click.Path(path_type=Path, exists=True, file_okay=False))
@folder_option
@click.option(
    "--publish", is_flag=True, help="Publish what was loaded, without anybody looking at it."
)
@quiet_option
def command(drop: Path, folder: Path, publish: bool, quiet: bool) -> None:
    """Load files left in the folder DROP into the service, as a nightly job does."""
    from sightline.service.config.deployment import use  # noqa: PLC0415 - keeps --help quick

    use(folder, "take-in")
    from sightline.service.measures.intake_folder import take_in  # noqa: PLC0415 - needs the deployment
    from sightline.service.measures.load_actions import LoadRefusedError  # noqa: PLC0415

    try:
        done = take_in(drop.absolute(), publish=publish)
    except LoadRefusedError as error:
        click.echo(f"sightline: {error}", err=True)
        sys.exit(NOT_WELL)
    if not quiet:
        click.echo(done)
