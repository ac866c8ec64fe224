"""Loads killed at every point, and on disks that take no more: the store is as it was and works."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from sightline.intake.load import load as load_files
from sightline.store.snapshots import Snapshot, Store
from store.jobs import TESTS, Jobs
from store.made import children, hashes, load, names_in, stated_hashes, tree

EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"


Run = Callable[[Sequence[dict[str, Any]]], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Do jobs of `interrupted`, each in a process of its own."""
    with Jobs() as jobs:
        yield lambda asked: [jobs.do(job) for job in asked]


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    """A return of two invented children looked after, as a council's system writes it."""
    folder = tmp_path / "return-2016"
    folder.mkdir()
    rows = "".join(
        f"{child},01/0{n}/2015,S,C2,N1,U1,PR1,,,,WR1 2AB,WR1 2AB,\n"
        for n, child in enumerate(("N1", "N2"), start=5)
    )
    (folder / "episodes.csv").write_text(EPISODES + rows)
    return folder


def earlier_return(folder: Path) -> Path:
    path = folder / "return-2015" / "episodes.csv"
    path.parent.mkdir()
    path.write_text(EPISODES + "OLD,01/06/2014,S,C2,N1,U1,PR1,,,,WR1 2AB,WR1 2AB,\n")
    return path.parent


def care_in(snapshot: Snapshot) -> set[str]:
    with snapshot.connect() as connection:
        rows = connection.execute("SELECT DISTINCT child_id FROM care_episode").fetchall()
    return {name for (name,) in rows}


def copies(original: Path, folder: Path, count: int) -> list[Store]:
    stores = []
    for number in range(count):
        target = folder / f"copy-{number:03}"
        shutil.copytree(original, target)
        stores.append(Store(target))
    return stores


def leftovers(store: Store) -> list[str]:
    """What lies in a store that no snapshot, log or lock accounts for."""
    listed = {each.id for each in store.list()}
    beside = {p.name for p in (store.path / "snapshots").iterdir()} - listed
    own = {"current", "lock", "log.jsonl", "snapshots"}
    return sorted(beside | ({p.name for p in store.path.iterdir()} - own))


def test_a_load_killed_at_any_point_leaves_the_store_as_it_was(tmp_path: Path, run: Run) -> None:
    original = Store(tmp_path / "store")
    first, second = load(original, children("A")), load(original, children("B"))
    (probe,) = copies(original.path, tmp_path / "probe", 1)
    (counted,) = run([{"store": str(probe.path), "what": "publish"}])
    points = len(counted["seen"])
    assert {"open", "os.mkdir", "os.rename", "flush"} <= set(counted["seen"])
    stores = copies(original.path, tmp_path / "killed", points)
    results = run(
        [
            {"store": str(store.path), "what": "publish", "mode": "kill", "at": at}
            for at, store in enumerate(stores, start=1)
        ]
    )
    assert all(result["killed"] for result in results)
    swapped = []
    for store in stores:
        before = Store(store.path).open(second.id)
        assert hashes(before) == stated_hashes(second)
        current = store.current()
        swapped.append(current.id != second.id)
        if swapped[-1]:
            assert current.manifest.parent == second.id
            assert names_in(current) == {"new"}
        else:
            assert current.manifest == second.manifest
            assert store.list()[-1].id == second.id
        assert hashes(current) == stated_hashes(current)
        after = load(store, children("after"))
        assert after.manifest.parent == current.id
        assert leftovers(store) == []
        assert [e.snapshot for e in store.log()] == [each.id for each in store.list()]
        assert store.undo().id == current.id
    assert swapped == sorted(swapped), "the swap is at one point"
    assert 0 < sum(swapped) < points / 2
    assert names_in(first) == {"A"}


def test_a_first_load_killed_at_any_point_leaves_nothing_loaded(tmp_path: Path, run: Run) -> None:
    (counted,) = run([{"store": str(tmp_path / "probe"), "what": "publish"}])
    stores = [Store(tmp_path / f"killed-{at}") for at in range(1, len(counted["seen"]) + 1)]
    results = run(
        [
            {"store": str(store.path), "what": "publish", "mode": "kill", "at": at}
            for at, store in enumerate(stores, start=1)
        ]
    )
    assert all(result["killed"] for result in results)
    for store in stores:
        before = store.current_or_none() if store.path.exists() else None
        after = load(store, children("after"))
        assert after.manifest.parent == (before.id if before else "")
        assert len(store.list()) == (2 if before else 1)
        assert leftovers(store) == []


def test_an_undo_killed_at_any_point_is_done_or_not(tmp_path: Path, run: Run) -> None:
    original = Store(tmp_path / "store")
    first, second = load(original, children("A")), load(original, children("B"))
    (probe,) = copies(original.path, tmp_path / "probe", 1)
    (counted,) = run([{"store": str(probe.path), "what": "undo"}])
    stores = copies(original.path, tmp_path / "killed", len(counted["seen"]))
    run(
        [
            {"store": str(store.path), "what": "undo", "mode": "kill", "at": at}
            for at, store in enumerate(stores, start=1)
        ]
    )
    seen = []
    for store in stores:
        seen.append(store.current().id)
        assert seen[-1] in (first.id, second.id)
        assert [each.id for each in store.list()] == [first.id, second.id]
        load(store, children("after"))
        assert store.log()[-1].before == seen[-1]
        assert len(store.list()) == 3
        assert leftovers(store) == []
    assert seen[0] == second.id
    assert seen[-1] == first.id


@pytest.mark.slow
def test_files_being_loaded_killed_at_any_point(tmp_path: Path, csv: Path, run: Run) -> None:
    original = Store(tmp_path / "store")
    summary = load_files([earlier_return(tmp_path)], original)
    held = summary.snapshot
    (probe,) = copies(original.path, tmp_path / "probe", 1)
    job = {"what": "load", "files": [str(csv)]}
    (counted,) = run([{**job, "store": str(probe.path)}])
    assert care_in(probe.current()) == {"OLD", "N1", "N2"}
    whole = stated_hashes(probe.current())
    # What is done to the files before the swap is much the same thing many times over.
    last = len(counted["seen"])
    points = [at for at in range(1, last + 1) if at % 4 == 0 or at > last - 12]
    stores = copies(original.path, tmp_path / "killed", len(points))
    results = run(
        [
            {**job, "store": str(store.path), "mode": "kill", "at": at}
            for at, store in zip(points, stores, strict=True)
        ]
    )
    assert all(result["killed"] for result in results)
    for at, store in zip(points, stores, strict=True):
        current = store.current()
        if current.id == held.id:
            assert care_in(current) == {"OLD"}
        else:
            assert care_in(current) == {"OLD", "N1", "N2"}
        assert hashes(current) == stated_hashes(current)
        assert hashes(store.open(held.id)) == stated_hashes(held)
        if at % 12 == 0 or at > last - 6:
            again = load_files([csv], store).snapshot
            assert stated_hashes(again) == whole
            assert leftovers(store) == []


@pytest.mark.slow
def test_a_process_killed_from_without_at_any_time(tmp_path: Path, csv: Path) -> None:
    """Kills that fall between Python's own steps: while DuckDB writes, or between two writes."""
    store = Store(tmp_path / "store")
    load_files([earlier_return(tmp_path)], store)
    code = (
        "import sys; from sightline.intake.load import load; "
        "from sightline.store.snapshots import Store\n"
        "print('ready', flush=True)\n"
        "while True: load([sys.argv[1]], Store(sys.argv[2]))"
    )
    for wait in (0.05, 0.12, 0.2, 0.31, 0.43, 0.56, 0.7, 0.85):
        before = store.current()
        with subprocess.Popen(
            [sys.executable, "-c", code, str(csv), str(store.path)], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(wait)
            process.kill()
        assert hashes(before) == stated_hashes(before)
        for each in store.list():
            assert hashes(each) == stated_hashes(each)
    assert care_in(load_files([csv], store).snapshot) == {"OLD", "N1", "N2"}
    assert leftovers(store) == []
    entries = store.log()
    assert [e.before for e in entries[1:]] == [e.snapshot for e in entries[:-1]]


@pytest.mark.parametrize("mode", ["full", "fail"])
def test_a_disk_that_takes_no_more_is_one_sentence(tmp_path: Path, run: Run, mode: str) -> None:
    original = Store(tmp_path / "store")
    load(original, children("A"))
    second = load(original, children("B"))
    (probe,) = copies(original.path, tmp_path / "probe", 1)
    (counted,) = run([{"store": str(probe.path), "what": "publish"}])
    points = len(counted["seen"])
    stores = copies(original.path, tmp_path / mode, points)
    results = run(
        [
            {"store": str(store.path), "what": "publish", "mode": mode, "at": at}
            for at, store in enumerate(stores, start=1)
        ]
    )
    before = tree(original.path)
    refused = 0
    reason = {"full": "No space left on device", "fail": "Input/output error"}[mode]
    for store, result in zip(stores, results, strict=True):
        if sentence := result.get("sentence"):
            refused += 1
            assert sentence == f"{store.path}: cannot be written ({reason}); it is as it was."
            assert tree(store.path) == before
            assert store.current().id == second.id
        else:
            # Past the swap, only the log's line is lost, and the next that writes makes it good.
            assert store.current().id == result["done"]
            assert store.current().manifest.parent == second.id
        current = store.current().id
        load(store, children("after"))
        assert leftovers(store) == []
        assert [e.snapshot for e in store.log()][-2:] == [current, store.current().id]
    assert refused > points / 2


@pytest.mark.slow
def test_files_that_outgrow_the_disk_leave_the_store_as_it_was(
    tmp_path: Path, csv: Path, run: Run
) -> None:
    """The system itself refuses to write more, also to DuckDB."""
    original = Store(tmp_path / "store")
    load_files([earlier_return(tmp_path)], original)
    sizes = (1, 60, 500, 1500, 3000, 6000)
    stores = copies(original.path, tmp_path / "full", len(sizes))
    results = run(
        [
            {"store": str(store.path), "what": "load", "files": [str(csv)], "room": size}
            for store, size in zip(stores, sizes, strict=True)
        ]
    )
    before = tree(original.path)
    sentences = 0
    for store, result in zip(stores, results, strict=True):
        if sentence := result.get("sentence"):
            sentences += 1
            assert sentence.startswith(f"{store.path}: cannot be written (")
            assert sentence.endswith("; it is as it was.")
            assert "\n" not in sentence
            assert tree(store.path) == before
        assert care_in(load_files([csv], store).snapshot) == {"OLD", "N1", "N2"}
        assert leftovers(store) == []
    assert sentences >= 3


def test_loads_at_once_all_land_and_none_is_lost(tmp_path: Path) -> None:
    """Each process loads a return of another year, several times, while others do the same."""
    store = Store(tmp_path / "store")
    processes = []
    years = (2013, 2014, 2015)
    code = (
        "import sys; from sightline.intake.load import load; "
        "from sightline.store.snapshots import Store\n"
        "sys.stdin.readline()\n"
        "for _ in range(3): load([sys.argv[1]], Store(sys.argv[2]))"
    )
    for year in years:
        path = tmp_path / str(year) / "episodes.csv"
        path.parent.mkdir()
        path.write_text(EPISODES + f"C{year},01/06/{year},S,C2,N1,U1,PR1,,,,WR1 2AB,WR1 2AB,\n")
        processes.append(
            subprocess.Popen(
                [sys.executable, "-c", code, str(path.parent), str(store.path)],
                stdin=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        )
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors.decode()
    current = store.current()
    assert care_in(current) == {f"C{year}" for year in years}
    assert [each.period_end.year for each in current.manifest.returns] == [y + 1 for y in years]
    entries = store.log()
    assert len(entries) == len(store.list()) == 9
    assert [e.before for e in entries[1:]] == [e.snapshot for e in entries[:-1]]
    for each in store.list():
        assert hashes(each) == stated_hashes(each)
    assert leftovers(store) == []


def test_readers_see_whole_snapshots_while_loads_publish(tmp_path: Path) -> None:
    """Each load brings two children more, so that a half-read snapshot would hold an odd number."""
    store = Store(tmp_path / "store")
    load(store, children("0a", "0b"))
    code = (
        "import sys; from sightline.store.snapshots import Store; from store.made import children, load\n"
        "for n in range(1, 25): load(Store(sys.argv[1]), children(*("
        "f'{i}{side}' for i in range(n + 1) for side in 'ab')))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(store.path)],
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        stderr=subprocess.PIPE,
    )
    seen = []
    while process.poll() is None:
        snapshot = store.current()
        names = names_in(snapshot)
        assert len(names) == snapshot.manifest.tables["child"].rows
        assert len(names) % 2 == 0
        seen.append(len(names))
    assert process.returncode == 0, process.stderr
    process.communicate()
    assert seen == sorted(seen)
    assert len(set(seen)) > 3
    assert len(names_in(store.current())) == 50
