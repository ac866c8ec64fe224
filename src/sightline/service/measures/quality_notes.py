"""A reviewer's note on a query: that it was checked and is right, so that it is not asked again."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pyarrow as pa
import pyarrow.compute as pc

from sightline.quality.listing import LISTED
from sightline.quality.notes import fingerprints
from sightline.service.accounts.models import Person
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record
from sightline.service.measures.loaded_snapshots import refuse_to_wait
from sightline.service.measures.quality_lists import standing_notes
from sightline.service.measures.reading import Reading, store
from sightline.store.notes import NOTED, WITHDRAWN, Note, add_notes

_ABOUT = ("format", "child_id", "field", "record", "value")


class NoteChangedError(Exception):
    """Somebody else wrote or withdrew a note on the finding meanwhile."""


def version_of(note: Note | None) -> str:
    """Tell one note on a finding from another, also two of one second, as the store keeps no finer time."""
    if note is None:
        return ""
    said = repr((note.at.isoformat(), note.author, note.reason))
    return sha256(said.encode()).hexdigest()[:16]


def note_finding(
    reading: Reading, rows: pa.Table, reason: str, *, by: Person, version: str
) -> None:
    """Note that a query was checked and is right. Call it in a transaction.

    `rows` are the finding's, which are several where its record stands in several returns. `version` is
    that of the note its author saw. `NoteChangedError` if there is another by now, `StoreError` if the
    store cannot be written.
    """
    _refuse_change(rows, version)
    listed = rows.select(LISTED.names)
    with reading.snapshot.connect() as connection:
        prints = fingerprints(reading.snapshot, connection, listed)
    row = listed.slice(0, 1).to_pylist()[0]
    about = {name: row[name] for name in _ABOUT}
    note = Note(NOTED, datetime.now(UTC), by.name, reason, row["id"], row["code"], **about)
    _write(replace(note, prints=tuple(prints)))


def withdraw_note(rows: pa.Table, *, by: Person, version: str) -> None:
    """Withdraw the note on a finding. Call it in a transaction. Raises as `note_finding` does."""
    note = _refuse_change(rows, version)
    if note is None:
        raise NoteChangedError
    _write(
        replace(note, what=WITHDRAWN, at=datetime.now(UTC), author=by.name, reason="", prints=())
    )


def _refuse_change(rows: pa.Table, version: str) -> Note | None:
    (name,) = pc.unique(rows["id"]).to_pylist()
    note = standing_notes().get(name)
    if version_of(note) != version:
        raise NoteChangedError
    return note


def _write(note: Note) -> None:
    # On record first: if the store then refuses, neither stands.
    record(
        Verb.ACT,
        "note on a finding",
        note.finding,
        reason=note.reason,
        after={"what": note.what, "rule": note.rule, "child": note.child_id},
    )
    add_notes(store(), [note], refuse_to_wait)
