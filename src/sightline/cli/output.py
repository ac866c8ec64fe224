"""What commands print: tables for people, CSV and JSON for programs, progress on standard error."""

import csv
import io
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from sightline.export.tables import safe

FORMATS = click.Choice(["table", "csv", "json"])


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--format`, and `--json` for short."""
    command = click.option("--json", "as_json", is_flag=True, help="The same as --format json.")(
        command
    )
    return click.option(
        "--format",
        "layout",
        type=FORMATS,
        default="table",
        show_default=True,
        help="How to print the result.",
    )(command)


def quiet_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--quiet`."""
    return click.option("--quiet", "-q", is_flag=True, help="No progress and no notes.")(command)


def print_json(value: object) -> None:
    """Print a value as JSON, readable and with characters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as CSV with a heading."""
    click.echo(csv_text(columns, rows), nl=False)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give rows as CSV with a heading."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
    return buffer.getvalue()


def print_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str = "",
    numbers: Iterable[str] = (),
) -> None:
    """Print rows as a table that fits the terminal; columns in `numbers` are set to the right."""
    from rich import box  # noqa: PLC0415 - only where a table is wanted
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    right = set(numbers)
    table = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    wide = None if sys.stdout.isatty() else 140
    Console(width=wide, highlight=False).print(table)


class Progress:
    """Says on standard error what is being done, once it has taken more than a second."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet or not sys.stderr.isatty()
        self._notes = not quiet
        self._began = time.monotonic()
        self._shown = False

    def __call__(self, sentence: str) -> None:
        """Say what is being done now."""
        if self._quiet or time.monotonic() - self._began < 1:
            return
        self._shown = True
        click.echo(f"\r\x1b[2K{sentence} ...", err=True, nl=False)

    def note(self, sentence: str) -> None:
        """Say something worth keeping, on its own line."""
        self.done()
        if self._notes:
            click.echo(sentence, err=True)

    def done(self) -> None:
        """Clear the line."""
        if self._shown:
            click.echo("\r\x1b[2K", err=True, nl=False)
            self._shown = False
