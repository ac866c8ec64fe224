"""`sightline manage`: Django's own commands, for a deployment."""

from pathlib import Path

import click

from sightline.cli.asking import folder_option
from sightline.cli.output import quiet_option


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    epilog="""\b
Examples:
  sightline manage --folder /srv/sightline check --deploy --database default
  sightline manage --folder /srv/sightline migrate
  sightline manage --folder /srv/sightline help
""",
)
@folder_option
@quiet_option
@click.argument("arguments", nargs=-1, required=True, type=click.UNPROCESSED, metavar="COMMAND ...")
def command(folder: Path, quiet: bool, arguments: tuple[str, ...]) -> None:
    """Run a management command of Django on a deployment.

    Sightline's options come before the command, the command's own after it. What it changes is on
    record as done by `sightline manage COMMAND`.
    """
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - keeps --help quick

    from sightline.service.config.deployment import use  # noqa: PLC0415

    use(folder, f"manage {arguments[0]}")
    verbosity = ["--verbosity=0"] if quiet and arguments[0] != "help" else []
    execute_from_command_line(["sightline manage", *arguments, *verbosity])
