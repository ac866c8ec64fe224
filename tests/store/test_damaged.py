"""Stores that are damaged, or none: one sentence that says what to do, and nothing made worse."""

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.intake.load import load as load_files
from sightline.store.snapshots import Store, StoreError
from store.made import children, load, names_in, tree


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def one_sentence(path: Path, act: Callable[[], object]) -> str:
    """What `act` fails with; it must name the store and be one sentence."""
    with pytest.raises(StoreError) as caught:
        act()
    message = str(caught.value)
    assert message.startswith(str(path))
    assert message.endswith(".")
    assert ". " not in message.removeprefix(str(path))
    assert "\n" not in message
    return message


def refuses_to_load(store: Store) -> str:
    before = tree(store.path) if store.path.is_dir() else {}
    message = one_sentence(store.path, lambda: load(store, children("Z")))
    if store.path.is_dir():
        assert {k: v for k, v in tree(store.path).items() if k != "lock"} == {
            k: v for k, v in before.items() if k != "lock"
        }
    return message


# -- not a store -----------------------------------------------------------------------------


def test_a_folder_that_is_not_there(store: Store) -> None:
    for act in (store.current, store.current_or_none, store.list, store.undo, store.unreadable):
        assert "there is no such store; `sightline load FILES" in one_sentence(store.path, act)
    assert not store.path.exists()


def test_an_empty_folder_is_a_store_with_nothing_in_it(store: Store) -> None:
    store.path.mkdir()
    assert store.current_or_none() is None
    assert store.list() == ()
    assert "nothing has been loaded there yet" in one_sentence(store.path, store.current)


def test_a_file_is_no_store(store: Store) -> None:
    store.path.write_text("text")
    assert "is a file, not the folder of a store" in one_sentence(store.path, store.current)
    assert "is a file" in refuses_to_load(store)
    assert store.path.read_text() == "text"


@pytest.mark.parametrize("name", ["report.html", "snapshots/notes.txt"])
def test_a_folder_of_other_things_is_no_store(store: Store, name: str) -> None:
    other = store.path / "holiday.jpg"
    (store.path / name).parent.mkdir(parents=True)
    (store.path / name).write_text("mine")
    other.write_text("mine")
    assert "is not a store, as it holds other things" in one_sentence(store.path, store.current)
    assert "is not a store" in refuses_to_load(store)
    assert not (store.path / "lock").exists()


def test_hidden_files_do_not_make_a_folder_something_else(store: Store) -> None:
    store.path.mkdir()
    (store.path / ".DS_Store").write_bytes(b"\0")
    load(store, children("A"))
    assert names_in(store.current()) == {"A"}


def test_a_name_too_long_for_a_folder() -> None:
    store = Store("x" * 5000)
    for act in (store.current, lambda: load(store, children("A"))):
        with pytest.raises(
            StoreError, match=r"x'\.\.\.: cannot be opened \(File name too long\)\."
        ):
            act()


def test_a_lock_that_cannot_be_taken_is_one_sentence(store: Store) -> None:
    (store.path / "lock").mkdir(parents=True)
    assert "cannot be written (Is a directory); it is as it was" in refuses_to_load(store)


# -- damage ----------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\x00", None])
def test_a_lost_current_is_not_taken_for_an_empty_store(
    store: Store, content: bytes | None
) -> None:
    """The next load would leave out the returns that the store holds."""
    load(store, children("A"))
    last = load(store, children("B"))
    current = store.path / "current"
    current.unlink() if content is None else current.write_bytes(content)
    message = one_sentence(store.path, store.current)
    assert f"its file `current` is missing or damaged; write {last.id} into it" in message
    assert refuses_to_load(store) == message
    assert one_sentence(store.path, store.undo) == message
    current.write_text(last.id)
    assert names_in(store.current()) == {"B"}


def test_a_lost_current_and_log_are_not_taken_for_an_empty_store(store: Store) -> None:
    made = load(store, children("A"))
    (store.path / "current").unlink()
    (store.path / "log.jsonl").unlink()
    assert f"write {made.id} into it" in refuses_to_load(store)


@pytest.mark.parametrize("name", ["../../secret", "nothing-of-the-kind", "a/b", "x" * 300, "a b"])
def test_a_current_that_names_no_snapshot(store: Store, name: str) -> None:
    made = load(store, children("A"))
    (store.path / "current").write_text(name)
    for act in (store.current, store.undo, store.list):
        message = one_sentence(store.path, act)
        assert f"its file `current` is missing or damaged; write {made.id} into it" in message
    assert refuses_to_load(store) == message
    assert [entry.snapshot for entry in store.log()] == [made.id]


def test_no_name_leads_out_of_the_store(store: Store) -> None:
    load(store, children("A"))
    for name in ("..", "../snapshots", "/etc", "", "a/../b"):
        assert "there is no snapshot" in one_sentence(
            store.path, lambda name=name: store.open(name)
        )


def damage_manifest(store: Store, snapshot: str, content: bytes) -> None:
    (store.path / "snapshots" / snapshot / "manifest.json").write_bytes(content)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xff", b"[]", b"null", b"{}", b"[" * 100_000, b'{"layout": 1e999}'],
)
def test_a_damaged_manifest_is_told_and_undone(store: Store, content: bytes) -> None:
    first, second = load(store, children("A")), load(store, children("B"))
    damage_manifest(store, second.id, content)
    message = one_sentence(store.path, store.current)
    assert f"the snapshot {second.id} has a damaged manifest; `sightline snapshots undo`" in message
    assert refuses_to_load(store) == message
    assert store.unreadable() == (second.id,)
    assert [each.id for each in store.list()] == [first.id]
    assert store.undo().id == first.id
    third = load(store, children("C"))
    assert third.manifest.parent == first.id
    assert [each.id for each in store.list()] == [first.id, third.id]


def test_one_changed_figure_in_a_manifest_is_damage(store: Store) -> None:
    made = load(store, children("A"))
    path = made.folder / "manifest.json"
    text = path.read_text()
    assert '"rows_kept": 2' in text
    path.write_text(text.replace('"rows_kept": 2', '"rows_kept": 3'))
    assert "damaged manifest" in one_sentence(store.path, store.current)


def test_the_manifest_of_another_snapshot_is_refused(store: Store) -> None:
    first, second = load(store, children("A")), load(store, children("B"))
    shutil.copy(first.folder / "manifest.json", second.folder / "manifest.json")
    assert "has the manifest of another" in one_sentence(store.path, store.current)


def test_a_missing_manifest_and_a_missing_folder_are_told_apart(store: Store) -> None:
    first, second = load(store, children("A")), load(store, children("B"))
    (second.folder / "manifest.json").unlink()
    assert "the manifest is missing of" in one_sentence(store.path, store.current)
    shutil.rmtree(second.folder)
    assert f"there is no snapshot {second.id}" in one_sentence(store.path, store.current)
    assert store.undo().id == first.id


def test_a_newer_layout_is_said_to_be_one(store: Store) -> None:
    made = load(store, children("A"))
    values = json.loads((made.folder / "manifest.json").read_text()) | {"layout": 9}
    damage_manifest(store, made.id, json.dumps(values).encode())
    assert "was written by a newer Sightline (layout 9" in one_sentence(store.path, store.current)
    assert "newer Sightline" in refuses_to_load(store)


def test_undo_without_a_manifest_or_a_log_says_which(store: Store) -> None:
    load(store, children("A"))
    second = load(store, children("B"))
    damage_manifest(store, second.id, b"")
    (store.path / "log.jsonl").unlink()
    message = one_sentence(store.path, store.undo)
    assert f"{second.id} has a damaged manifest, and the log names none before it" in message


def test_a_table_that_is_gone_or_damaged_is_one_sentence(store: Store) -> None:
    load(store, children("A"))
    made = load(store, children("B"))
    made.table_path("child").write_bytes(b"PAR1")
    message = one_sentence(store.path, made.connect)
    assert "the table child" in message
    assert "`sightline snapshots undo` returns to the one before" in message
    made.table_path("child").unlink()
    assert "the table child" in one_sentence(store.path, made.connect)


JUNK = [
    b"\xff\xfe\x00\n",
    b"{\n",
    b"[]\n",
    b"7\n",
    b"null\n",
    b'{"what": "load"}\n',
    b'{"what": "load", "at": "yesterday", "snapshot": "x", "before": ""}\n',
    b'{"what": "load", "at": 5, "snapshot": ["x"], "before": {}}\n',
    b'{"what": "load", "at": "2016-01-01T00:00:00+00:00", "snapshot": "../..", "before": 3}\n',
    b"[" * 50_000 + b"\n",
]


@pytest.mark.parametrize("junk", JUNK)
def test_lines_of_the_log_that_cannot_be_read_do_no_harm(store: Store, junk: bytes) -> None:
    first, second = load(store, children("A")), load(store, children("B"))
    log = store.path / "log.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(lines[0] + junk + lines[1])
    assert [e.snapshot for e in store.log() if e.snapshot != "../.."] == [first.id, second.id]
    assert [each.id for each in store.list()] == [first.id, second.id]
    third = load(store, children("C"))
    assert store.log()[-1].snapshot == third.id
    assert store.undo().id == second.id


def test_a_line_cut_short_is_closed_and_the_load_noted(store: Store) -> None:
    first, second = load(store, children("A")), load(store, children("B"))
    log = store.path / "log.jsonl"
    log.write_bytes(log.read_bytes()[:-25])
    assert [e.snapshot for e in store.log()] == [first.id]
    assert [each.id for each in store.list()] == [first.id, second.id]
    third = load(store, children("C"))
    assert [(e.what, e.snapshot, e.before) for e in store.log()] == [
        ("load", first.id, ""),
        ("load", second.id, first.id),
        ("load", third.id, second.id),
    ]


def test_an_undo_that_a_crash_kept_from_the_log_is_noted_as_one(store: Store) -> None:
    first, second = load(store, children("A")), load(store, children("B"))
    store.undo()
    log = store.path / "log.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    third = load(store, children("C"))
    assert [(e.what, e.snapshot, e.before) for e in store.log()][2:] == [
        ("undo", first.id, second.id),
        ("load", third.id, first.id),
    ]


def test_a_lost_log_hides_no_snapshot_that_led_to_the_current_one(store: Store) -> None:
    made = [load(store, children(name)) for name in "ABC"]
    (store.path / "log.jsonl").unlink()
    assert store.list() == tuple(made)
    assert store.log() == ()


def test_snapshots_that_the_log_lost_are_never_deleted(store: Store) -> None:
    first, second = load(store, children("A")), load(store, children("B"))
    store.undo()
    (store.path / "log.jsonl").unlink()
    load(store, children("C"))
    assert names_in(store.open(second.id)) == {"B"}
    assert names_in(store.open(first.id)) == {"A"}


def test_a_log_that_is_a_folder_is_one_sentence(store: Store) -> None:
    load(store, children("A"))
    (store.path / "log.jsonl").unlink()
    (store.path / "log.jsonl").mkdir()
    assert "its log cannot be read" in one_sentence(store.path, store.log)
    assert "its log cannot be read" in refuses_to_load(store)
    assert names_in(store.current()) == {"A"}


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_bytes_changed_anywhere_give_a_sentence_or_the_truth(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Any file but the tables: either the store answers as before, or it says what is wrong."""
    folder = tmp_path_factory.mktemp("damaged") / "store"
    store = Store(folder)
    first, second = load(store, children("A")), load(store, children("A", "B"))
    names = [
        "current",
        "log.jsonl",
        f"snapshots/{first.id}/manifest.json",
        f"snapshots/{second.id}/manifest.json",
    ]
    path = folder / data.draw(st.sampled_from(names))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(content))
    for act, truth in (
        (lambda: store.current().manifest, second.manifest),
        (lambda: store.undo().manifest, first.manifest),
    ):
        try:
            assert act() == truth
        except StoreError as error:
            assert str(error).startswith(str(folder))
    with suppress(StoreError):
        assert {each.manifest.id for each in store.list()} <= {first.id, second.id}


# -- a return that is held ---------------------------------------------------------------------

EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"


def year_of_care(folder: Path, year: int) -> Path:
    path = folder / str(year) / "episodes.csv"
    path.parent.mkdir()
    path.write_text(EPISODES + f"C{year},01/06/{year},S,C2,N1,U1,PR1,,,,WR1 2AB,WR1 2AB,\n")
    return path.parent


@pytest.mark.parametrize("name", ["care_episode", "findings"])
@pytest.mark.parametrize("how", ["gone", "empty", "cut short", "changed inside"])
def test_a_damaged_return_is_named_and_mended_by_loading_it_again(
    tmp_path: Path, store: Store, name: str, how: str
) -> None:
    earlier, later = year_of_care(tmp_path, 2014), year_of_care(tmp_path, 2015)
    held = load_files([earlier], store).snapshot
    path = held.folder / "returns" / "ssda903-2015-03-31" / f"{name}.parquet"
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        middle = len(content) // 2
        broken = {
            "empty": b"",
            "cut short": content[:-20],
            "changed inside": content[:middle] + b"\xff" * 30 + content[middle + 30 :],
        }
        path.write_bytes(broken[how])
    before = tree(store.path)
    message = one_sentence(store.path, lambda: load_files([later], store))
    assert "the return ssda903-2015-03-31 that it holds is damaged; load its files again" in message
    assert tree(store.path) == before
    both = load_files([earlier, later], store).snapshot
    with both.connect() as connection:
        rows = connection.execute("SELECT child_id FROM care_episode ORDER BY 1").fetchall()
    assert rows == [("C2014",), ("C2015",)]
