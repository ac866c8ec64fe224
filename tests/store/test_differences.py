"""What differs between two snapshots: counted by table and column, rows shown on request."""

from pathlib import Path

import pytest

from sightline.store.differences import RowDifference, TableDifference, diff
from sightline.store.snapshots import Store, StoreError
from store.made import RETURN_END, load


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def plan(child: str, start: str, **values: object) -> dict[str, object]:
    return {"child_id": child, "start_date": start, **values}


def test_rows_added_removed_and_changed_are_told_apart(store: Store) -> None:
    before = load(
        store,
        {
            "cp_plan": [
                plan("A", "2015-05-01", initial_category="NEG"),
                plan("B", "2015-06-01", initial_category="EMO", end_date="2015-12-01"),
                plan("C", "2015-07-01"),
            ]
        },
    )
    after = load(
        store,
        {
            "cp_plan": [
                plan("A", "2015-05-01", initial_category="NEG"),
                plan("B", "2015-06-01", initial_category="NEG", end_date=None),
                plan("D", "2015-08-01"),
                plan("E", "2015-09-01"),
            ]
        },
    )
    assert diff(before, after, rows=10) == [
        TableDifference(
            "cp_plan",
            added=2,
            removed=1,
            changed=1,
            columns={"initial_category": 1, "end_date": 1},
            rows=(
                RowDifference("added", ("D", "2015-08-01")),
                RowDifference("added", ("E", "2015-09-01")),
                RowDifference(
                    "changed",
                    ("B", "2015-06-01"),
                    (("end_date", "2015-12-01", ""), ("initial_category", "EMO", "NEG")),
                ),
                RowDifference("removed", ("C", "2015-07-01")),
            ),
        )
    ]
    (back,) = diff(after, before)
    assert (back.added, back.removed, back.changed, back.rows) == (1, 2, 1, ())


def test_the_same_rows_in_another_order_are_no_difference(store: Store) -> None:
    before = load(store, {"child": [{"child_id": "A"}, {"child_id": "B"}]})
    after = load(store, {"child": [{"child_id": "B"}, {"child_id": "A"}]})
    assert diff(before, after) == []


def test_where_a_row_stands_is_no_difference(store: Store) -> None:
    before = load(store, {"child": [{"child_id": "A", "sex": "F", "line": 3}]})
    after = load(store, {"child": [{"child_id": "A", "sex": "F", "line": 9, "file": "other"}]})
    assert before.manifest.tables["child"].hash != after.manifest.tables["child"].hash
    assert diff(before, after) == []


def test_rows_that_share_a_key_are_matched_in_order(store: Store) -> None:
    visits = [
        {"child_id": "A", "pathway": "CP", "visit_date": RETURN_END, "seen": seen}
        for seen in (False, False, True)
    ]
    before = load(store, {"visit": visits})
    after = load(store, {"visit": visits[1:]})
    assert diff(before, after, rows=5) == [
        TableDifference(
            "visit", 0, 1, 0, {}, (RowDifference("removed", ("A", "CP", "2016-03-31")),)
        )
    ]
    assert [(d.added, d.removed, d.changed) for d in diff(after, before)] == [(1, 0, 0)]


def test_a_whole_table_may_come_or_go(store: Store) -> None:
    before = load(store, {"child": [{"child_id": "A"}]})
    after = load(
        store, {"visit": [{"child_id": "A", "pathway": "CIN", "visit_date": "2016-01-01"}]}
    )
    assert [(d.table, d.added, d.removed, d.changed) for d in diff(before, after)] == [
        ("child", 0, 1, 0),
        ("visit", 1, 0, 0),
    ]


def test_no_more_rows_are_shown_than_asked_for_but_all_are_counted(store: Store) -> None:
    before = load(store, {"child": []})
    after = load(store, {"child": [{"child_id": f"{n:03}"} for n in range(50)]})
    (found,) = diff(before, after, rows=3)
    assert found.added == 50
    assert [row.key for row in found.rows] == [("000",), ("001",), ("002",)]


def test_a_damaged_table_is_one_sentence(store: Store) -> None:
    before = load(store, {"child": [{"child_id": "A"}]})
    after = load(store, {"child": [{"child_id": "B"}]})
    before.table_path("child").write_bytes(b"PAR1 no more")
    with pytest.raises(StoreError, match=r"the table child .* is damaged, so they cannot be"):
        diff(before, after)
