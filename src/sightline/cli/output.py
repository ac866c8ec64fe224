"""What commands print: tables for people, CSV and JSON for programs, progress on standard error."""

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from sightline.export.tables import csv_text

if TYPE_CHECKING:
    from rich.table import Table

FORMATS = click.Choice(["table", "csv", "json"])
NOT_A_TERMINAL = 140
"""Signs in a line, where what is printed does not go to a terminal."""
_LONGEST_WORD = 40
"""Signs of a word for which a table makes room; a longer one may be broken."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Signs that a terminal acts on, or would not show."""


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


def print_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str = "",
    numbers: Iterable[str] = (),
) -> None:
    """Print rows as a table that fits the terminal; columns in `numbers` are set to the right.

    Cells are wrapped between words. Where a line has no room for the longest word of each column, the
    rows are printed one below the other, a line for each cell that is not empty.
    """
    from rich.console import Console  # noqa: PLC0415 - only where a table is wanted
    from rich.text import Text  # noqa: PLC0415

    texts = [
        ["" if cell is None else _CONTROL.sub("\ufffd", str(cell)) for cell in r] for r in rows
    ]
    console = Console(width=None if sys.stdout.isatty() else NOT_A_TERMINAL, highlight=False)
    table = _beside(columns, texts, console.width, title, set(numbers))
    with console.capture() as printed:
        if table is None and title:
            console.print(Text(title, style="italic"), "", sep="\n")
        console.print(table or _below(columns, texts))
    click.echo(printed.get(), nl=False)


def _beside(
    columns: Sequence[str], rows: Sequence[Sequence[str]], width: int, title: str, right: set[str]
) -> "Table | None":
    """Make a table with the columns beside one another; none if a line has no room for that."""
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    for gap in (3, 2):
        widths = _share_out([columns, *rows], width - gap * (len(columns) - 1) - 2)
        if widths is not None:
            break
    else:
        return None
    table = Table(
        title=title or None,
        box=box.SIMPLE_HEAD,
        title_justify="left",
        pad_edge=False,
        padding=(0, 1, 0, gap - 2),
    )
    for column, wide in zip(columns, widths, strict=True):
        justify = "right" if column in right else "left"
        table.add_column(column, justify=justify, overflow="fold", width=wide)  # type: ignore[arg-type]
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _share_out(lines: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Give each column its part of the room of a line, in signs, so that no word of it is broken."""
    from rich.cells import cell_len  # noqa: PLC0415

    columns = list(zip(*lines, strict=True))
    most = [max(map(cell_len, column)) for column in columns]
    widths = [
        min(_LONGEST_WORD, max(cell_len(word) for cell in column for word in cell.split(" ")))
        for column in columns
    ]
    left = room - sum(widths)
    if left < 0:
        return None
    # Those that want least have it; what is over goes to the long ones.
    order = sorted(range(len(columns)), key=lambda place: most[place] - widths[place])
    for met, place in enumerate(order):
        given = min(most[place] - widths[place], left // (len(order) - met))
        widths[place] += given
        left -= given
    return widths


def _below(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> "Table":
    """Make a table of each row's cells one below the other, after the heads of their columns."""
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table.grid(padding=(0, 3, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            if cell:
                table.add_row(Text(f" {column}", style="bold"), Text(cell))
        table.add_row()
    return table


@contextmanager
def while_read() -> Iterator[None]:
    """Print for as long as it is read.

    That a reader has had enough, as `head` has, is no fault, and does not change the exit code.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What is not yet written has to go somewhere when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
