"""`sightline minutes`: what council minutes say, as a record or on a page of the terminal."""

import shutil
import sys
import textwrap
from pathlib import Path

import click

from sightline.cli.output import print_json, quiet_option
from sightline.intake.minutes import Minutes, read
from sightline.intake.minutes.record import Ask, Item
from sightline.intake.parts import UnreadableFileError

_WIDEST = 96


@click.command(
    epilog="""\b
Examples:
  sightline minutes minutes.pdf
  sightline minutes minutes.txt page.html --json
  sightline minutes minutes.pdf --json > minutes.json

\b
Exit code: 0 if every file was read, 2 if one could not be.
"""
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON: one object, or a list for several files."
)
@click.option(
    "--doubts", is_flag=True, help="With --json, also what a person has to read, under _doubts."
)
@quiet_option
@click.pass_context
def command(
    ctx: click.Context, files: tuple[Path, ...], as_json: bool, doubts: bool, quiet: bool
) -> None:
    """Read minutes: who met, what was decided, and who was asked for what.

    A file is text or Markdown, a PDF, a ModernGov page, or ModernGov's XML of a meeting. What the text does
    not say stays empty; what is doubtful is not guessed but listed for a person to read. Nothing is stored.
    """
    found: list[Minutes] = []
    failed = False
    for file in files:
        try:
            found.append(read(file))
        except UnreadableFileError as error:
            failed = True
            click.echo(f"sightline: {error}", err=True)
    if as_json and found:
        records = [_record(each, doubts=doubts) for each in found]
        print_json(records[0] if len(files) == 1 else records)
    elif not as_json:
        for place, each in enumerate(found):
            if place:
                click.echo()
            _show(each, quiet=quiet)
    if failed:
        ctx.exit(2)


def _record(minutes: Minutes, *, doubts: bool) -> dict[str, object]:
    record = minutes.to_json()
    if doubts:
        record["_doubts"] = [
            {
                "field": each.field,
                "message": each.message,
                "quotation": each.quotation.words,
                "place": each.quotation.place,
            }
            for each in minutes.doubts
        ]
    return record


def _show(minutes: Minutes, *, quiet: bool) -> None:
    width = min(shutil.get_terminal_size((80, 24)).columns, _WIDEST) if sys.stdout.isatty() else 80
    title = minutes.committee.value if minutes.committee else "Committee not stated"
    for line in textwrap.wrap(title, width):
        click.secho(line, bold=True)
    click.echo("\u2500" * width)
    when = f"{minutes.date.value:%A %-d %B %Y}" if minutes.date else "date not stated"
    clock = " to ".join(t.value for t in (minutes.start, minutes.end) if t)
    _field("Council", minutes.council.value if minutes.council else "", width)
    _field("When", f"{when}, {clock}" if clock else when, width)
    _field("Where", minutes.venue.value if minutes.venue else "", width)
    _field("Chair", minutes.chair.value if minutes.chair else "", width)
    for label, names in (
        ("Present", minutes.present),
        ("Attending", minutes.in_attendance),
        ("Apologies", minutes.apologies),
    ):
        _field(label, ", ".join(each.value for each in names), width)
    for each in minutes.declarations:
        kind = f"{each.kind} interest" if each.kind else "interest, kind not stated"
        item = f", item {each.item}" if each.item else ""
        left = "; left the meeting" if each.left_meeting else ""
        _field("Interest", f"{each.member}: {kind}{item}{left}", width)
    _items(minutes, width)
    if minutes.truncated:
        _note("The page was cut short: the full text is elsewhere.", width)
    if minutes.doubts and not quiet:
        click.echo()
        click.secho(f"To be read by a person ({len(minutes.doubts)})", bold=True)
        for doubt in minutes.doubts:
            _note(
                f"{doubt.message} [{doubt.quotation.place}] \u201c{_short(doubt.quotation.words)}\u201d",
                width,
            )


def _field(label: str, value: str, width: int) -> None:
    if not value:
        return
    lines = textwrap.wrap(_clean(value), width - 12) or [""]
    for place, line in enumerate(lines):
        head = f"{label:<12}" if not place else " " * 12
        click.echo(click.style(head, dim=True) + line)


def _items(minutes: Minutes, width: int) -> None:
    if minutes.items or minutes.asks:
        click.echo()
    left = list(minutes.asks)
    wide = max((len(each.number or "\u2013") for each in minutes.items), default=1) + 2
    for each in minutes.items:
        _heading(each, wide, width)
        mine = [ask for ask in left if ask.item == each.number and _stands_in(ask, each)]
        for ask in mine:
            left.remove(ask)
            _ask(ask, wide, width)
    for ask in left:
        _ask(ask, 2, width)


def _stands_in(ask: Ask, item: Item) -> bool:
    return any(ask.quotation.place == each.place for each in item.text) or not item.text


def _heading(item: Item, wide: int, width: int) -> None:
    lines = textwrap.wrap(_clean(item.title), width - wide) or [""]
    for place, line in enumerate(lines):
        number = item.number or "\u2013"
        click.secho(f"{number if not place else '':<{wide}}{line}", bold=True)


def _ask(ask: Ask, wide: int, width: int) -> None:
    head = f"{ask.kind} "
    indent = wide + 15
    for place, line in enumerate(textwrap.wrap(_clean(ask.text), max(30, width - indent))):
        label = click.style(f"{head:<15}", fg=_COLOURS[ask.kind]) if not place else " " * 15
        click.echo(" " * wide + label + line)


_COLOURS = {
    "request": "yellow",
    "resolution": "green",
    "recommendation": "cyan",
    "undertaking": "magenta",
}


def _note(text: str, width: int) -> None:
    click.echo(textwrap.fill(_clean(text), width, initial_indent="  ", subsequent_indent="  "))


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:87] + "..."


def _clean(text: str) -> str:
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
