"""Snapshots: what a load leaves, what undo gives back, and what each snapshot says of itself."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sightline.records import TABLES
from sightline.store.snapshots import Covered, Store, StoreError
from sightline.store.tables import FINDING, columns_of
from store.made import (
    RETURN_END,
    children,
    hashes,
    load,
    manifest_of,
    names_in,
    one_return,
    publish,
    stated_hashes,
    tree,
    write_table,
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_a_load_makes_a_snapshot_and_makes_it_current(store: Store) -> None:
    made = load(store, children("A", "B"))
    assert store.current() == made
    assert names_in(store.current()) == {"A", "B"}
    assert made.manifest.parent == ""
    assert (store.path / "current").read_text() == made.id + "\n"
    assert sorted(p.name for p in store.path.iterdir()) == [
        "current",
        "lock",
        "log.jsonl",
        "snapshots",
    ]


def test_each_load_follows_the_one_before(store: Store) -> None:
    first, second = load(store, children("A")), load(store, children("B"))
    assert second.manifest.parent == first.id
    assert [(e.what, e.snapshot, e.before) for e in store.log()] == [
        ("load", first.id, ""),
        ("load", second.id, first.id),
    ]
    assert [each.id for each in store.list()] == [first.id, second.id]
    assert names_in(store.open(first.id)) == {"A"}


def test_snapshots_are_listed_by_age_even_within_a_second(store: Store) -> None:
    made = [load(store, children(str(n))).id for n in range(6)]
    assert [each.id for each in store.list()] == made


def test_the_id_is_the_time_and_a_hash(store: Store) -> None:
    before = datetime.now(UTC)
    made = load(store, children("A"))
    time, short = made.id.split("-")
    assert before.replace(microsecond=0) <= datetime.strptime(time, "%Y%m%dT%H%M%SZ").replace(
        tzinfo=UTC
    )
    assert len(short) == 8
    assert int(short, 16) >= 0
    assert before <= made.manifest.created <= datetime.now(UTC)


def test_the_same_rows_give_the_same_hashes_in_any_order(store: Store) -> None:
    first = load(store, children("A", "B", "C"))
    again = load(store, children("A", "B", "C"))
    assert again.id != first.id
    assert stated_hashes(again) == stated_hashes(first) == hashes(first)
    other = load(store, children("A", "B", "D"))
    assert stated_hashes(other) != stated_hashes(first)


def test_undo_returns_to_the_one_before_and_deletes_nothing(store: Store) -> None:
    first, second = load(store, children("A")), load(store, children("B"))
    assert store.undo().id == first.id
    assert store.current().id == first.id
    assert names_in(store.current()) == {"A"}
    assert names_in(store.open(second.id)) == {"B"}
    assert [each.id for each in store.list()] == [first.id, second.id]
    last = store.log()[-1]
    assert (last.what, last.snapshot, last.before) == ("undo", first.id, second.id)


def test_undo_goes_back_load_by_load_and_past_what_was_undone(store: Store) -> None:
    a, b = load(store, children("A")), load(store, children("B"))
    store.undo()
    c = load(store, children("C"))
    assert c.manifest.parent == a.id
    assert store.undo().id == a.id
    with pytest.raises(StoreError, match=f"nothing to undo; {a.id} was the first load"):
        store.undo()
    assert store.current().id == a.id
    assert [each.id for each in store.list()] == [a.id, b.id, c.id]
    assert [e.what for e in store.log()] == ["load", "load", "undo", "load", "undo"]


def test_undo_in_a_store_that_is_not_there_makes_none(store: Store) -> None:
    with pytest.raises(StoreError, match="there is no such store"):
        store.undo()
    assert not store.path.exists()


def test_undo_before_any_load_says_so(store: Store) -> None:
    store.path.mkdir()
    with pytest.raises(StoreError, match="nothing has been loaded there yet"):
        store.undo()


def test_a_draft_that_is_not_published_leaves_nothing(store: Store) -> None:
    made = load(store, children("A"))
    before = tree(store.path)
    with pytest.raises(RuntimeError, match="stopped"), store.writing() as draft:
        write_table(draft.folder / "tables", "child", [{"child_id": "B"}])
        raise RuntimeError("stopped")
    assert tree(store.path) == before
    assert [p.name for p in (store.path / "snapshots").iterdir()] == [made.id]


def test_a_draft_is_not_seen_before_it_is_published(store: Store) -> None:
    made = load(store, children("A"))
    reader = Store(store.path)
    with store.writing() as draft:
        write_table(draft.folder / "tables", "child", [{"child_id": "B"}])
        assert reader.current() == made
        assert reader.list() == (made,)
        assert draft.parent == made


def test_a_reader_keeps_its_snapshot_while_loads_go_on(store: Store) -> None:
    load(store, children("A", "B"))
    with store.current().connect() as connection:
        ask = "SELECT list_sort(list(child_id)) FROM child"
        assert connection.execute(ask).fetchall() == [(["A", "B"],)]
        load(store, children("C"))
        store.undo()
        load(store, children("D"))
        assert connection.execute(ask).fetchall() == [(["A", "B"],)]


def test_a_snapshot_never_changes_once_it_is_current(store: Store) -> None:
    first = load(store, children("A"))
    before = tree(first.folder)
    load(store, children("B"))
    store.undo()
    load(store, children("C"))
    assert tree(first.folder) == before


def test_a_table_without_rows_is_an_empty_view_with_every_column(store: Store) -> None:
    made = load(store, children("A"))
    assert made.tables() == ("child",)
    assert made.has("child")
    assert not made.has("visit")
    with pytest.raises(KeyError, match="no table visit"):
        made.table_path("visit")
    with made.connect() as connection:
        for name in (*TABLES, FINDING):
            described = connection.execute(f"DESCRIBE {name}").fetchall()
            expected = [(c.name, c.kind.sql) for c in columns_of(name)]
            assert [(row[0], row[1]) for row in described] == expected
        assert connection.execute("SELECT count(*) FROM visit").fetchall() == [(0,)]


def test_a_column_that_an_older_sightline_did_not_have_is_null(store: Store) -> None:
    with store.writing() as draft:
        content = write_table(draft.folder / "tables", "child", [{"child_id": "A", "sex": "F"}])
        older = tuple(name for name in content.columns if name != "sex")
        made = draft.publish(
            manifest_of({"child": type(content)(content.rows, content.hash, older)})
        )
    with made.connect() as connection:
        assert connection.execute("SELECT child_id, sex FROM child").fetchall() == [("A", None)]


def test_coverage_is_what_each_return_can_speak_of_earliest_first(store: Store) -> None:
    returns = [
        one_return("cin", date(2015, 4, 1), RETURN_END, child=3, cp_plan=0),
        one_return("cin", date(2014, 4, 1), date(2015, 3, 31), child=2),
    ]
    with store.writing() as draft:
        made = draft.publish(manifest_of({}, returns=returns))
    earlier = Covered("cin", date(2014, 4, 1), date(2015, 3, 31))
    later = Covered("cin", date(2015, 4, 1), RETURN_END)
    assert made.coverage() == {"child": (earlier, later), "cp_plan": (later,)}


def test_a_store_name_may_hold_a_quotation_mark(tmp_path: Path) -> None:
    made = load(Store(tmp_path / "O'Hara's \"store\""), children("A"))
    assert names_in(made) == {"A"}


def test_settings_may_lie_in_a_store_before_its_first_load(store: Store) -> None:
    store.path.mkdir()
    (store.path / "settings.toml").write_text("# ours\n")
    load(store, children("A"))
    assert (store.path / "settings.toml").read_text() == "# ours\n"
    assert names_in(store.current()) == {"A"}


def test_one_who_waits_for_the_lock_is_told(store: Store) -> None:
    import threading

    first_holds, told = threading.Event(), []

    def second() -> None:
        first_holds.wait()
        with store.writing(lambda sentence: (told.append(sentence), let_go.set())) as draft:
            publish(draft, children("B"))

    let_go = threading.Event()
    thread = threading.Thread(target=second)
    thread.start()
    with store.writing() as draft:
        first_holds.set()
        assert let_go.wait(30)
        first = publish(draft, children("A"))
    thread.join(30)
    assert told == [f"Waiting for another load into {store.path} to finish"]
    assert names_in(store.current()) == {"B"}
    assert store.current().manifest.parent == first.id


def test_the_log_holds_a_line_of_json_for_each_entry(store: Store) -> None:
    made = load(store, children("A"))
    (line,) = (store.path / "log.jsonl").read_text().splitlines()
    values = json.loads(line)
    assert values.pop("at") == store.log()[0].at.isoformat()
    assert values == {"what": "load", "snapshot": made.id, "before": ""}
