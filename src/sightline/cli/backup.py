"""`sightline backup`: a deployment in one file."""

from pathlib import Path

import click

from sightline.cli.asking import folder_option
from sightline.cli.output import Progress, quiet_option


@click.command(
    epilog="""\b
Examples:
  sightline backup --folder /srv/sightline -o /backups/sightline-2026-11-25.tar.gz
  sightline backup --folder /srv/sightline --with-secrets -o sightline.tar.gz

It holds children's records. Keep it as you keep case files; docs/how-to/deploy.md says for how long.
"""
)
@folder_option
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file to write; it must not be there yet.",
)
@click.option(
    "--with-secrets",
    is_flag=True,
    help="Put the secret key and passwords of service.toml in too. Without them a restore makes a new key.",
)
@quiet_option
def command(folder: Path, output: Path, with_secrets: bool, quiet: bool) -> None:
    """Back up a deployment while it is in use: database, snapshots, uploads and settings.

    That it was taken is on record. `sightline restore` makes a deployment of it again.
    """
    from sightline.service.config.deployment import use  # noqa: PLC0415 - keeps --help quick

    if not output.parent.is_dir():
        raise click.BadParameter(f"{output.parent} is not a folder.", param_hint="--output")
    deployment = use(folder, "backup")
    from sightline.service.config.backups.take import take  # noqa: PLC0415 - needs Django ready
    from sightline.service.config.prepare import need_ready  # noqa: PLC0415

    need_ready()
    progress = Progress(quiet=quiet)
    manifest = take(deployment, output, secrets=with_secrets, progress=progress)
    progress.done()
    if not quiet:
        click.echo(
            f"{output}: {output.stat().st_size:,} bytes, {len(manifest.files):,} files, "
            f"{manifest.entries:,} audit entries, the last with the hash\n{manifest.head}"
        )
