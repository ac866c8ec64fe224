"""Reviewers' notes on findings: one file beside the snapshots, a line an entry, only ever added to.

    STORE/notes.jsonl

A note stands until it is withdrawn or another is made on the same finding. The file is no part of any
snapshot, so that neither a load nor an undo takes a note away.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sightline.store.snapshots import Store, StoreError

FILE = "notes.jsonl"
NOTED, WITHDRAWN = "noted", "withdrawn"


@dataclass(frozen=True)
class Note:
    """A line of the file: what was said of a finding, by whom and when; or that it was withdrawn.

    `finding` is the finding's id, and `rule`, `format`, `child_id`, `field`, `record` and `value` are
    what it was about. `prints` are fingerprints of the values that the rule looked at: one, or several
    where the record stands in several returns.
    """

    what: str
    at: datetime
    author: str
    reason: str
    finding: str
    rule: str
    format: str
    child_id: str
    field: str
    record: str
    value: str
    prints: tuple[str, ...] = ()


def add_notes(
    store: Store, notes: Sequence[Note], waiting: Callable[[str], None] | None = None
) -> None:
    """Add notes, or that they are withdrawn. `StoreError` if the store cannot be written."""
    plain = ({**asdict(each), "at": each.at.isoformat(timespec="seconds")} for each in notes)
    store.append(FILE, [json.dumps(each, ensure_ascii=False) for each in plain], waiting)


def read_notes(store: Store) -> tuple[tuple[Note, ...], int]:
    """Give every line ever written, earliest first, and the number of those that cannot be read.

    `StoreError` if there is a file that cannot be opened.
    """
    path = store.path / FILE
    try:
        lines = path.read_text("utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return (), 0
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}).") from error
    written = [line for line in lines if line.strip()]
    notes = [note for line in written if (note := _note(line))]
    return tuple(notes), len(written) - len(notes)


def standing(notes: Sequence[Note]) -> dict[str, Note]:
    """Give the note that stands on each finding, by the finding's id."""
    latest = {note.finding: note for note in notes}
    return {name: note for name, note in latest.items() if note.what == NOTED}


def _note(line: str) -> Note | None:
    try:
        values = json.loads(line)
        prints = tuple(str(each) for each in values.pop("prints"))
        at = datetime.fromisoformat(values.pop("at"))
        texts = {str(name): str(value) for name, value in values.items()}
        return Note(at=at, prints=prints, **texts)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
