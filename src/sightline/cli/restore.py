"""`sightline restore`: a deployment from a backup."""

from pathlib import Path

import click

from sightline.cli.output import Progress, quiet_option


@click.command(
    epilog="""\b
Examples:
  sightline restore sightline-2026-11-25.tar.gz --folder /srv/sightline-again
  SIGHTLINE_DATABASE=postgresql://sightline:PASSWORD@localhost/again \\
      sightline restore sightline-2026-11-25.tar.gz --folder /srv/sightline-again
"""
)
@click.argument("backup", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder to make, new or empty.",
)
@click.option(
    "--database",
    envvar="SIGHTLINE_DATABASE",
    default="",
    show_envvar=True,
    help="For a backup of PostgreSQL: the address of an empty database.",
)
@quiet_option
def command(backup: Path, folder: Path, database: str, quiet: bool) -> None:
    """Make a deployment of a backup, and check that it is the same.

    Every file is checked against its hash, the audit's chain is verified, and the figures are computed
    and compared. If anything differs, nothing is left in the folder.
    """
    from sightline.service.config.backups.restore import restore  # noqa: PLC0415 - keeps --help quick

    progress = Progress(quiet=quiet)
    manifest = restore(backup, folder, database=database, progress=progress)
    progress.done()
    if quiet:
        return
    click.echo(f"{folder} is the deployment of {manifest.when:%-d %B %Y at %H:%M} UTC.")
    equal = ", and the figures are equal" if manifest.figures else ""
    click.echo(
        f"{len(manifest.files):,} files and {manifest.entries:,} audit entries are verified{equal}."
    )
    if not manifest.secrets:
        click.echo(
            "It has a new secret key, so everybody signs in anew. Secrets of single sign-on are to be "
            "written into its service.toml."
        )
    click.echo(f"\nNext:\n  sightline serve --folder {folder}")
