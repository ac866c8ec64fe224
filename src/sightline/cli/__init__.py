"""The command line: `sightline COMMAND`. Each command is a module of this package."""

import importlib
import sys

import click

from sightline import __version__

COMMANDS = {
    "load": "sightline.cli.load",
    "check": "sightline.cli.check",
    "notes": "sightline.cli.notes",
    "figures": "sightline.cli.figures",
    "children": "sightline.cli.children",
    "compare": "sightline.cli.compare",
    "report": "sightline.cli.report",
    "export": "sightline.cli.export",
    "indicators": "sightline.cli.indicators",
    "snapshots": "sightline.cli.snapshots",
    "synth": "sightline.cli.synth",
    "demo": "sightline.cli.demo",
    "minutes": "sightline.cli.minutes",
    "minutes-score": "sightline.cli.minutes_score",
    "take-in": "sightline.cli.take_in",
    "remind": "sightline.cli.remind",
    "feed": "sightline.cli.feed",
    "setup": "sightline.cli.setup",
    "serve": "sightline.cli.serve",
    "manage": "sightline.cli.manage",
    "audit": "sightline.cli.audit",
    "backup": "sightline.cli.backup",
    "restore": "sightline.cli.restore",
}


class LazyGroup(click.Group):
    """Imports a command's module only when it is asked for, so that each starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name])
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; that what it prints is not read to the end is no fault."""
        from sightline.cli.output import while_read  # noqa: PLC0415 - keeps start-up quick

        with while_read():
            return super().invoke(ctx)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with `sightline demo`, which invents an authority and reports on it.",
)
@click.version_option(__version__, prog_name="sightline")
def group() -> None:
    """One line of sight on children's safeguarding.

    Load the files an authority already makes (Annex A, the children in need census, SSDA903, the
    Standard Safeguarding Dataset), check them, and compute the indicators with the children behind
    each figure.
    """


def main() -> None:
    """Run the command line; expected errors are one sentence on standard error, exit code 2."""
    from sightline.cli.errors import expected  # noqa: PLC0415 - keeps start-up quick

    try:
        code = group.main(standalone_mode=False)  # what a command gave to `ctx.exit`
        if isinstance(code, int):
            sys.exit(code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. The store is as it was.", err=True)
        sys.exit(130)
    except OSError as error:
        what = error.filename or "the output"
        click.echo(f"sightline: {what}: cannot be read or written ({error.strerror}).", err=True)
        sys.exit(2)
    except expected() as error:
        click.echo(f"sightline: {error.args[0] if error.args else error}", err=True)
        sys.exit(2)
