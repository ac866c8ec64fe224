"""`sightline feed`: casework becomes records of a new snapshot."""

import sys
from pathlib import Path

import click

from sightline.cli.asking import folder_option
from sightline.cli.output import quiet_option

NOT_FED = 1
"""Exit code where casework was not fed."""


@click.command(
    epilog="""\b
Examples:
  sightline feed --folder /srv/sightline
  sightline feed --folder /srv/sightline --quiet

All casework is read as it stands and loaded into a new snapshot beside the returns held. It is published
if service.toml says feed_publishes = true; else it waits as any load. If nothing has changed or fallen due
since the last time on the same day, no snapshot is made. A second one at the same time is refused.

\b
Exit codes:
  0   fed, or nothing had changed
  1   not fed; the sentence printed says why
  2   the deployment cannot be read
"""
)
@folder_option
@quiet_option
def command(folder: Path, quiet: bool) -> None:
    """Make records of the service's own casework, so that figures follow it."""
    from sightline.service.config.deployment import use  # noqa: PLC0415 - keeps --help quick

    use(folder, "feed")
    from sightline.service.feed.feeding import FeedRefusedError, feed  # noqa: PLC0415 - needs the deployment

    try:
        done = feed()
    except FeedRefusedError as error:
        click.echo(f"sightline: {error}", err=True)
        sys.exit(NOT_FED)
    if not quiet:
        click.echo(done.said)
