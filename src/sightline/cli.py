"""The command line: `sightline COMMAND`."""

import click

from sightline import __version__


@click.group()
@click.version_option(__version__, prog_name="sightline")
def main() -> None:
    """One line of sight on children's safeguarding."""
