"""Of the feeds of past days the last of each day is kept; nothing else is ever removed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sightline.store import snapshots
from sightline.store.snapshots import Snapshot, Store, StoreError
from sightline.store.thinning import thin
from store.made import children, manifest_of, names_in, one_return, tree, write_table

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
LATER = date(2026, 7, 1)


class Made:
    """A store, and loads made into it at moments of our choosing."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.store = store
        self._patch = monkeypatch
        self._number = 0

    @contextmanager
    def _at(self, moment: datetime) -> Iterator[None]:
        class Clock(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> Any:
                return moment

        with self._patch.context() as patch:
            patch.setattr(snapshots, "datetime", Clock)
            yield

    def load(self, at: datetime, *, feed: bool = True, census: str = "abc") -> Snapshot:
        """Load a census beside casework, each load with a child of its own name."""
        self._number += 1
        census_return = replace(
            one_return("cin", date(2025, 4, 1), date(2026, 3, 31)), files=(census,)
        )
        casework = replace(
            one_return("casework", date(2025, 4, 1), at.date()), files=(f"feed {self._number}",)
        )
        with self._at(at), self.store.writing() as draft:
            rows = children(f"C{self._number}")["child"]
            tables = {"child": write_table(draft.folder / "tables", "child", rows)}
            returns = (census_return, casework) if feed else (census_return,)
            return draft.publish(manifest_of(tables, returns=returns))


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    return Made(Store(tmp_path / "store"), monkeypatch)


def test_of_each_past_day_the_last_feed_keeps_its_records(made: Made) -> None:
    first = made.load(NOON, feed=False)
    # At 18:00 and 23:00 of 1 June in London, then at 04:00, 09:00, 14:00, 19:00 of 2 June, and at midnight.
    feeds = [made.load(NOON + timedelta(hours=5 * n)) for n in range(1, 8)]
    assert thin(made.store, before=date(2026, 6, 2)) == (feeds[0].id,)
    assert thin(made.store, before=LATER) == tuple(each.id for each in feeds[2:5])
    assert thin(made.store, before=LATER) == ()
    kept = [each for each in (first, *feeds) if each.holds_records]
    assert kept == [first, feeds[1], feeds[5], feeds[6]]
    assert names_in(made.store.current()) == names_in(feeds[-1])
    assert made.store.unreadable() == ()
    assert [each.id for each in made.store.list()] == [first.id, *(each.id for each in feeds)]


def test_a_day_thinned_already_is_the_last_that_is_looked_at(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(4):
        for hour in range(4):
            made.load(NOON + timedelta(days=day, hours=hour))
        thin(made.store, before=LATER)
    looked: list[str] = []
    opened = Store.open

    def look(store: Store, name: str) -> Snapshot:
        looked.append(name)
        return opened(store, name)

    monkeypatch.setattr(Store, "open", look)
    assert thin(made.store, before=LATER) == ()
    assert len(set(looked)) == 3  # of the day and what it was thinned to, not of all 16


def test_a_day_begins_at_midnight_in_london(made: Made) -> None:
    made.load(NOON, feed=False)
    evening = made.load(datetime(2026, 6, 1, 22, 50, tzinfo=UTC))
    made.load(datetime(2026, 6, 1, 23, 10, tzinfo=UTC))  # ten past midnight of 2 June
    made.load(datetime(2026, 6, 3, 9, tzinfo=UTC))
    assert thin(made.store, before=LATER) == ()
    assert evening.holds_records


def test_what_a_person_loaded_is_kept_and_so_is_what_it_was_loaded_on(made: Made) -> None:
    made.load(NOON, feed=False)
    before = made.load(NOON + timedelta(hours=1))
    loaded = made.load(NOON + timedelta(hours=2), census="a corrected census")
    fed = [made.load(NOON + timedelta(hours=n), census="a corrected census") for n in (3, 4, 5)]
    made.load(NOON + timedelta(days=9), census="a corrected census")
    assert thin(made.store, before=LATER) == (fed[0].id, fed[1].id)
    assert before.holds_records
    assert loaded.holds_records


def test_what_is_told_to_be_kept_and_the_one_to_return_to_are_kept(made: Made) -> None:
    made.load(NOON, feed=False)
    fed = [made.load(NOON + timedelta(minutes=n)) for n in range(5)]
    assert thin(made.store, before=LATER, keep={fed[1].id}) == (fed[0].id, fed[2].id)
    assert made.store.undo().id == fed[3].id


def test_a_snapshot_without_records_says_so_and_is_never_returned_to(made: Made) -> None:
    made.load(NOON, feed=False)
    fed = [made.load(NOON + timedelta(minutes=n)) for n in range(3)]
    assert thin(made.store, before=LATER) == (fed[0].id,)
    made.store.undo()
    with pytest.raises(StoreError, match=rf"records of snapshot {fed[0].id} are not there"):
        made.store.undo()
    with pytest.raises(StoreError, match="are not there"):
        made.store.open(fed[0].id).connect()
    with pytest.raises(StoreError, match="are not there"):
        made.store.return_to(fed[0].id, instead_of=fed[1].id)
    assert made.store.current().id == fed[1].id


def test_what_was_computed_from_them_goes_with_them(made: Made) -> None:
    made.load(NOON, feed=False)
    fed = [made.load(NOON + timedelta(minutes=n)) for n in range(3)]
    (made.store.path / "figures").mkdir()
    for each in fed:
        (made.store.path / "figures" / f"{each.id}.protected.parquet").write_text("figures")
    thin(made.store, before=LATER)
    left = {path.name.partition(".")[0] for path in (made.store.path / "figures").iterdir()}
    assert left == {fed[1].id, fed[2].id}


def test_stopped_between_the_two_parts_the_next_goes_on(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.load(NOON, feed=False)
    fed = [made.load(NOON + timedelta(minutes=n)) for n in range(3)]
    rename = Path.rename

    def stop(self: Path, target: Path) -> Path:
        if self.name == "tables":
            raise KeyboardInterrupt
        return rename(self, target)

    (made.store.path / "checks").mkdir()
    computed = made.store.path / "checks" / f"{fed[0].id}.json"
    computed.write_text("found")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", stop)
        with pytest.raises(KeyboardInterrupt):
            thin(made.store, before=LATER)
    assert made.store.current().id == fed[2].id
    assert not computed.exists()
    assert thin(made.store, before=LATER) == (fed[0].id,)
    assert [name for name in tree(made.store.path) if ".staging" in name] == []


def test_the_current_one_keeps_its_records(made: Made) -> None:
    current = made.load(NOON)
    with pytest.raises(StoreError, match="is current"):
        made.store.remove_records([current.id])
    assert names_in(made.store.current()) == names_in(current)
