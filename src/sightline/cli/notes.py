"""`sightline notes`: what a reviewer found to be right, so that it is not asked again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import category

import click
import pyarrow as pa
import pyarrow.compute as pc

from sightline.cli.asking import store_option
from sightline.cli.output import Progress, print_json, print_table, quiet_option
from sightline.quality.kept_check import whole_check
from sightline.quality.listing import list_findings
from sightline.quality.notes import Held, fingerprints
from sightline.store.notes import NOTED, WITHDRAWN, Note, add_notes, read_notes, standing
from sightline.store.snapshots import Store

_NOT_FOUND = "no such finding now"

_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_author_option = click.option(
    "--author",
    required=True,
    envvar="SIGHTLINE_AUTHOR",
    show_envvar=True,
    help="Name of the person who says so.",
)
_reason_option = click.option("--reason", required=True, help="Why, in a sentence.")


@click.group(
    epilog="""\b
Examples:
  sightline check --store STORE --rule 8670Q      names each finding in its first column
  sightline notes add 4bb7d337a0 --store STORE --author "A. Analyst" --reason "Family abroad, agreed"
  sightline notes list --store STORE
  sightline notes withdraw 4bb7d337a0 --store STORE --author "A. Analyst" --reason "Wrong child"

A note holds in later loads while the values that the rule looked at are the same, and lapses when they
change. Notes are kept beside the snapshots: `undo` takes none away.
"""
)
def command() -> None:
    """Note that a query was checked and is right, list the notes, or withdraw one."""


@command.command()
@click.argument("findings", nargs=-1, required=True)
@store_option
@_author_option
@_reason_option
@_json_option
@quiet_option
def add(
    findings: tuple[str, ...],
    store: Path,
    author: str,
    reason: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Note that queries, named as `sightline check` lists them, were checked and are right.

    An error cannot be noted: it is to be mended. Nothing is noted unless all can be.
    """
    author, reason = _given(author, "--author"), _given(reason, "--reason")
    progress = Progress(quiet=quiet or as_json)
    opened = Store(store)
    snapshot = opened.current()
    report = whole_check(snapshot, progress=progress)
    chosen = report.found.filter(pc.is_in(report.found["id"], pa.array(findings, pa.string())))
    listed = list_findings(snapshot, report, chosen, {})
    if unknown := [each for each in findings if each not in set(listed["id"].to_pylist())]:
        raise click.UsageError(
            f"There is no finding {', '.join(unknown)} in snapshot {snapshot.id}. "
            f"`sightline check --store {store} --rule CODE` names each in its first column."
        )
    if errors := sorted({row["code"] for row in listed.to_pylist() if row["severity"] == "error"}):
        raise click.UsageError(
            f"An error is to be mended and cannot be noted away: {', '.join(errors)}."
        )
    with snapshot.connect() as connection:
        prints = fingerprints(snapshot, connection, listed)
    at = datetime.now(UTC)
    notes: dict[str, Note] = {}
    for row, print_ in zip(listed.to_pylist(), prints, strict=True):
        about = {name: row[name] for name in ("format", "child_id", "field", "record", "value")}
        new = Note(NOTED, at, author, reason, row["id"], row["code"], **about)
        note = notes.get(row["id"], new)
        notes[row["id"]] = replace(note, prints=(*note.prints, print_))
    add_notes(opened, list(notes.values()), progress)
    progress.done()
    _say(list(notes.values()), "Noted", as_json=as_json, quiet=quiet)


@command.command("list")
@store_option
@click.option("--all", "every", is_flag=True, help="Those withdrawn or replaced too.")
@_json_option
@quiet_option
def list_(store: Path, every: bool, as_json: bool, quiet: bool) -> None:
    """List the notes that stand, and whether each holds."""
    progress = Progress(quiet=quiet or as_json)
    opened = Store(store)
    snapshot = opened.current()
    notes, unread = read_notes(opened)
    if unread:
        click.echo(f"{unread} of the lines of notes cannot be read.", err=True)
    now = standing(notes)
    report = whole_check(snapshot, progress=progress)
    progress.done()
    listed = list_findings(snapshot, report, report.found, now)
    named = listed.filter(pc.is_in(listed["id"], pa.array(list(now), pa.string())))
    holds: dict[str, str] = {}
    for row in named.select(["id", "note_holds"]).to_pylist():
        if holds.get(row["id"]) != Held.LAPSED:
            holds[row["id"]] = row["note_holds"]
    shown = [(note, _state(note, now, holds)) for note in (notes if every else now.values())]
    if as_json:
        print_json([_plain(note) | {"state": state} for note, state in shown])
        return
    if not shown:
        click.echo("There are no notes.")
        return
    print_table(
        ["Finding", "Rule", "Child", "Record", "Value", "Said", "By", "On", "State"],
        [
            (
                note.finding,
                note.rule,
                note.child_id,
                note.record,
                note.value,
                note.reason,
                note.author,
                f"{note.at:%Y-%m-%d}",
                state,
            )
            for note, state in shown
        ],
    )


@command.command()
@click.argument("findings", nargs=-1, required=True)
@store_option
@_author_option
@_reason_option
@_json_option
@quiet_option
def withdraw(
    findings: tuple[str, ...],
    store: Path,
    author: str,
    reason: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Withdraw the notes on findings. The file keeps both the note and that it was withdrawn."""
    author, reason = _given(author, "--author"), _given(reason, "--reason")
    progress = Progress(quiet=quiet or as_json)
    opened = Store(store)
    opened.current()
    now = standing(read_notes(opened)[0])
    if unknown := [each for each in findings if each not in now]:
        raise click.UsageError(f"There is no note on finding {', '.join(unknown)}.")
    at = datetime.now(UTC)
    withdrawn = [
        replace(now[each], what=WITHDRAWN, at=at, author=author, reason=reason, prints=())
        for each in dict.fromkeys(findings)
    ]
    add_notes(opened, withdrawn, progress)
    progress.done()
    _say(withdrawn, "Withdrawn", as_json=as_json, quiet=quiet)


def _given(text: str, option: str) -> str:
    """What was said, on one line; refused if it says nothing or cannot be kept as it is."""
    said = " ".join(text.split())
    if not any(each.isalnum() for each in said):
        raise click.BadParameter("is empty.", param_hint=option)
    # A control sign, or a byte that is no text (a lone surrogate).
    if any(category(each) in ("Cc", "Cs") for each in said):
        raise click.BadParameter("has signs that are no text; write it anew.", param_hint=option)
    return said


def _state(note: Note, now: dict[str, Note], holds: dict[str, str]) -> str:
    if now.get(note.finding) is not note:
        return "withdrawn" if note.what == WITHDRAWN else "replaced or withdrawn"
    return {Held.NOTED.value: "holds", Held.LAPSED.value: "lapsed"}.get(
        holds.get(note.finding, ""), _NOT_FOUND
    )


def _plain(note: Note) -> dict[str, str]:
    return {
        "what": note.what,
        "finding": note.finding,
        "rule": note.rule,
        "format": note.format,
        "child": note.child_id,
        "field": note.field,
        "record": note.record,
        "value": note.value,
        "author": note.author,
        "at": note.at.isoformat(timespec="seconds"),
        "reason": note.reason,
    }


def _say(notes: Sequence[Note], what: str, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        print_json([_plain(note) for note in notes])
    elif not quiet:
        for note in notes:
            about = f" of child {note.child_id}" if note.child_id else ""
            click.echo(f"{what}: {note.rule}{about} ({note.finding}).")
