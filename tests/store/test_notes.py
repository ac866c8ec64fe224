"""The file of notes: only ever added to, and read line by line."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sightline.store.notes import NOTED, WITHDRAWN, Note, add_notes, read_notes, standing
from sightline.store.snapshots import Store, StoreError
from store.made import children, load

NOTE = Note(
    NOTED,
    datetime(2016, 5, 3, 10, 30, tzinfo=UTC),
    "Zoë O’Neill",
    "Family abroad\nagreed",
    "abc",
    "8670Q",
    "cin",
    "Ann1",
    "assessment.start_date",
    "2015-06-01",
    "",
    ("p1", "p2"),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store")
    load(store, children("A"))
    return store


def test_what_is_written_is_read(store: Store) -> None:
    assert read_notes(store) == ((), 0)
    other = replace(NOTE, finding="def", child_id="")
    add_notes(store, [NOTE, other])
    assert read_notes(store) == ((NOTE, other), 0)


def test_the_last_said_of_a_finding_stands(store: Store) -> None:
    second = replace(NOTE, reason="Another reason")
    gone = replace(NOTE, what=WITHDRAWN, prints=())
    for given, left in (([NOTE], NOTE), ([second], second), ([gone], None), ([NOTE], NOTE)):
        add_notes(store, given)
        assert standing(read_notes(store)[0]).get("abc") == left
    assert len(read_notes(store)[0]) == 4


def test_nothing_written_before_is_changed(store: Store) -> None:
    add_notes(store, [NOTE])
    before = (store.path / "notes.jsonl").read_bytes()
    add_notes(store, [replace(NOTE, what=WITHDRAWN)])
    assert (store.path / "notes.jsonl").read_bytes().startswith(before)


def test_neither_a_load_nor_an_undo_touches_notes(store: Store) -> None:
    add_notes(store, [NOTE])
    load(store, children("B"))
    store.undo()
    assert read_notes(store) == ((NOTE,), 0)


def test_a_line_cut_short_is_counted_and_the_next_is_whole(store: Store) -> None:
    add_notes(store, [NOTE])
    path = store.path / "notes.jsonl"
    path.write_bytes(path.read_bytes() + b'{"what": "noted", "at": "2016')
    add_notes(store, [replace(NOTE, finding="def")])
    notes, unread = read_notes(store)
    assert [note.finding for note in notes] == ["abc", "def"]
    assert unread == 1


@pytest.mark.parametrize("line", ["[]", "{}", "1", '{"at": "x", "prints": []}', "\x00"])
def test_a_line_that_is_no_note_is_counted(store: Store, line: str) -> None:
    (store.path / "notes.jsonl").write_text(line + "\n", "utf-8")
    assert read_notes(store) == ((), 1)


def test_a_file_that_cannot_be_opened_is_one_sentence(store: Store) -> None:
    (store.path / "notes.jsonl").mkdir()
    with pytest.raises(StoreError, match=r"notes\.jsonl: cannot be read"):
        read_notes(store)
    with pytest.raises(StoreError, match="cannot be written"):
        add_notes(store, [NOTE])
