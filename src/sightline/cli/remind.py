"""`sightline remind`: send the daily letters of what is late or soon due."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from sightline.cli.asking import folder_option
from sightline.cli.output import quiet_option

NOT_WELL = 1
"""Exit code where a letter could not be sent."""


@click.command(
    epilog="""\b
Examples:
  sightline remind --folder /srv/sightline
  sightline remind --folder /srv/sightline --site https://sightline.example.gov.uk --quiet

Whoever has something that is late or soon due gets one letter a day, however often this is run; nobody gets
an empty one, and each may switch theirs off. A letter has numbers and addresses, and names nobody. What the
public typed into a referral and did not send within 7 days is thrown away.

\b
Exit codes:
  0   every letter was sent
  1   some could not be sent; the next run sends them
  2   the deployment cannot be read, or where addresses begin is not known
"""
)
@folder_option
@click.option(
    "--site", help="Where addresses begin. Default: https and the first name of allowed_hosts."
)
@quiet_option
def command(folder: Path, site: str | None, quiet: bool) -> None:
    """Send everybody the letter of the day, as a job in the morning does."""
    from sightline.service.config.deployment import use  # noqa: PLC0415 - keeps --help quick

    use(folder, "remind")
    from django.conf import settings  # noqa: PLC0415 - needs the deployment

    from sightline.service.audit.context import acting, system  # noqa: PLC0415
    from sightline.service.frontdoor.actions.unsent import throw_away_old  # noqa: PLC0415
    from sightline.service.reminders.letters import send_daily_letters  # noqa: PLC0415

    known = settings.DEPLOYMENT
    begins = site or _begins(known.allowed_hosts, known.https)
    if not begins.startswith(("http://", "https://")):
        raise click.UsageError(
            "allowed_hosts does not say under which name people reach the service. Say it with --site, as "
            "--site https://sightline.example.gov.uk."
        )
    if not (known.email or quiet):
        click.echo(
            "No mail server is set (email in service.toml), so the letters are printed here.",
            err=True,
        )
    with acting(system("Daily letters")):
        throw_away_old()
        done = send_daily_letters(
            begins.rstrip("/"), say=lambda said: click.echo(f"sightline: {said}", err=True)
        )
    if not quiet:
        click.echo(done.words)
    if done.failed:
        sys.exit(NOT_WELL)


def _begins(allowed_hosts: Sequence[str], https: bool) -> str:
    """Give where addresses begin, from the first name people type; empty where it is a pattern."""
    name = allowed_hosts[0] if allowed_hosts else ""
    if not name or name.startswith((".", "*")):
        return ""
    return f"https://{name}" if https else f"http://{name}"
