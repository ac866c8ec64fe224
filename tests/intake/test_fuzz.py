"""Thousands of broken files: each is read, or refused in a sentence that names it; nothing else.

`broken_file(kind, number)` in `mutations` gives the file of a failure again.
"""

import os
import random
import resource
import signal
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from intake.mutations import OWN, broken_file, seeds, zip_bytes
from sightline.intake.load import load
from sightline.intake.parts import Reading, UnreadableFileError
from sightline.intake.recognise import read
from sightline.store.snapshots import Store, StoreError
from sightline.store.tables import FINDING
from store.made import hashes, stated_hashes, tree
from thorough import is_tried_today

AS_AT = date(2016, 3, 31)
"""The day stated for files that have no date of their own."""
FILES = 728
"""Broken files of each kind; those of a day are tried (see `thorough`)."""
LOADED = 12
"""One in so many of them is loaded, and not only read."""
SECONDS = 20
MEGABYTES = 400
"""What one small file may take."""


class TookTooLongError(BaseException):
    """A reader that did not come back."""


@contextmanager
def bounded() -> Iterator[None]:
    """Stop what takes too long, and fail what takes too much memory."""

    def stop(*_: object) -> None:
        raise TookTooLongError

    before = signal.signal(signal.SIGALRM, stop)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) / 1024
    assert grown < MEGABYTES, f"took {grown:.0f} MB"


def given(folder: Path, name: str, data: bytes, number: int) -> Path:
    """Put the file down as people give it: by name, in a folder, or in a zip."""
    how = random.Random(number).choice(("file", "file", "folder", "zip"))
    folder.mkdir(parents=True, exist_ok=True)
    if how == "zip":
        path = folder / "given.zip"
        path.write_bytes(zip_bytes({f"in/{name}": data}))
        return path
    if how == "folder":
        path = folder / "given"
        path.mkdir(exist_ok=True)
        for old in path.iterdir():
            old.unlink()
        (path / name).write_bytes(data)
        return path
    path = folder / name
    path.write_bytes(data)
    return path


def check_sentence(message: str, path: Path) -> None:
    assert str(path) in message, f"does not name the file: {message!r}"
    assert message.endswith("."), message
    assert message.isprintable(), f"has marks that no terminal should be given: {message!r}"
    assert len(message) < 1000, f"is {len(message)} characters long: {message[:300]!r}"


def check_readings(readings: list[Reading]) -> None:
    assert readings
    for reading in readings:
        assert reading.period_start <= reading.period_end
        for part in reading.parts:
            assert part.source in reading.sources
            for field in part.rows.schema:
                wanted = pa.int32() if field.name == "line" else pa.string()
                assert field.type == wanted, f"{part.name}.{field.name} is {field.type}"
            lines = part.rows["line"].to_pylist()
            assert all(line is not None and line >= 1 for line in lines)
        for finding in reading.findings:
            assert finding.code
            assert finding.message.endswith("."), finding
        for fact in reading.facts:
            assert fact.endswith("."), fact


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with a valid return in it."""
    folder = tmp_path_factory.mktemp("fuzz")
    store = Store(folder / "store")
    name, data = seeds()["cin"][0]
    (folder / name).write_bytes(data)
    load([folder / name], store)
    return store


@pytest.mark.parametrize("kind", sorted(OWN))
def test_the_seeds_are_read(kind: str, tmp_path: Path) -> None:
    """Broken files are only worth trying if whole ones are read."""
    for name, data in seeds()[kind]:
        path = tmp_path / name
        path.write_bytes(data)
        readings = read([path], as_at=AS_AT)
        check_readings(readings)
        assert sum(part.rows.num_rows for reading in readings for part in reading.parts) > 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(OWN))
def test_broken_files_are_read_or_refused_in_a_sentence(
    kind: str, tmp_path: Path, store: Store
) -> None:
    outcomes: Counter[str] = Counter()
    failures: dict[str, str] = {}
    for number in filter(is_tried_today, range(FILES)):
        name, data, done = broken_file(kind, number)
        path = given(tmp_path / "files", name, data, number)
        try:
            with bounded():
                outcomes[_try(path, number, store)] += 1
        except (Exception, TookTooLongError) as error:  # noqa: BLE001 - all of them are shown
            where = traceback.extract_tb(error.__traceback__)[-1]
            failures.setdefault(
                f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}",
                f"broken_file({kind!r}, {number}) after {done}: {error!s:.500}",
            )
    assert not failures, "\n".join(f"{what}\n    {which}" for what, which in failures.items())
    assert outcomes["read"] > outcomes.total() / 10, outcomes
    assert outcomes["refused"] > outcomes.total() / 20, outcomes


def _try(path: Path, number: int, store: Store) -> str:
    try:
        if number % LOADED:
            check_readings(read([path], as_at=AS_AT if number % 3 else None))
        else:
            _load(path, store)
    except UnreadableFileError as error:
        check_sentence(str(error), path)
        return "refused"
    return "read"


def _load(path: Path, store: Store) -> None:
    """Load it: the store is as it was if that fails, and whole if it does not."""
    before = tree(store.path)
    held = store.current()
    try:
        summary = load([path], store, as_at=AS_AT)
    except (UnreadableFileError, StoreError):
        assert tree(store.path) == before, "the store was changed"
        raise
    assert store.current() == summary.snapshot
    assert hashes(summary.snapshot) == stated_hashes(summary.snapshot)
    assert hashes(held) == stated_hashes(held)
    for each in summary.inputs:
        assert each.rows_read >= each.rows_kept + each.rejected
    with summary.snapshot.connect() as connection:
        assert connection.execute(
            f"SELECT count(*) FROM {FINDING} WHERE message IS NULL OR code IS NULL"
        ).fetchall() == [(0,)]
    store.undo()


# -- what broken files have brought to light -------------------------------------------------


def test_half_a_character_in_json_is_a_question_mark(tmp_path: Path) -> None:
    path = tmp_path / "daily.json"
    path.write_bytes(
        rb'[{"la_child_id": "A\ud800", "\udfffx": 1, "social_care_episodes": '
        rb'[{"referral_date": "2022-01-01", "referral_source": ["\ud800"]}]}]'
    )
    snapshot = load([path], Store(tmp_path / "store")).snapshot
    with snapshot.connect() as connection:
        assert connection.execute("SELECT child_id FROM referral").fetchall() == [("A?",)]
        found = connection.execute(f"SELECT code, column_name FROM {FINDING} ORDER BY 1").fetchall()
    assert found == [("stray-text", "referral_source"), ("unknown-part", "?x")]


def test_marks_in_a_file_are_not_repeated_to_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("first\x1b[2J,second\x1f,third\n1,2,3\n")
    with pytest.raises(UnreadableFileError, match="it begins “first "):
        read([path])
    try:
        read([path])
    except UnreadableFileError as error:
        check_sentence(str(error), path)


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes on POSIX systems only")
def test_a_name_that_is_not_utf_8_can_be_loaded(tmp_path: Path) -> None:
    name, data = seeds()["ssda903_csv"][0]
    folder = tmp_path / "return"
    folder.mkdir()
    with open(os.fsencode(folder) + b"/\xff" + name.encode(), "wb") as file:  # noqa: PTH123
        file.write(data)
    summary = load([folder], Store(tmp_path / "store"))
    assert [each.path for each in summary.inputs] == [f"{folder}/\ufffd{name}"]
    assert summary.snapshot.manifest.tables["care_episode"].rows == 4
