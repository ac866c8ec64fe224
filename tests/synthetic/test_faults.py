"""Planted faults are found: all of them, and no others."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from sightline.synthetic import FORMATS, invent
from sightline.synthetic.faults import NoRoomError
from sightline.synthetic.faults_cin import _File
from synthetic.conftest import faults_found, load_and_check


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faulty")
    invent(folder, like="885", first=2015, last=2016, seed=2, children=3000, faults=36)
    return folder


def _listed(folder: Path, name: str) -> Counter[tuple[str, ...]]:
    with (folder / "planted-faults.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["format"] == name]
    return Counter((r["code"], r["file"], r["place"], r["column"], r["value"]) for r in rows)


@pytest.mark.parametrize("name", FORMATS)
def test_all_that_was_planted_is_found_and_nothing_else(
    faulty: Path, name: str, tmp_path: Path
) -> None:
    report = load_and_check(tmp_path / "store", faulty / name).report
    found = Counter(
        (each.code, str(Path(each.file).relative_to(faulty)), each.place, each.column, each.value)
        for each in faults_found(report)
    )
    planted = _listed(faulty, name)
    assert found == planted
    assert planted.total() >= 36
    assert len({code for code, *_ in planted}) >= 8
    assert not report.any_failed


def test_every_kind_of_fault_of_a_census_can_be_planted(faulty: Path) -> None:
    codes = {code for code, *_ in _listed(faulty, "cin")}
    assert {"8608", "8615", "8925", "8841", "impossible-date", "unknown-code", "8940"} <= codes
    assert {"8630", "8805", "8810", "8568", "8610", "4180", "8525Q", "stray-text"} <= codes
    assert {"duplicate-record", "2889", "2885", "1103", "8730", "unreadable-date"} <= codes


def test_more_faults_than_there_is_room_for_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NoRoomError, match="ask for fewer"):
        invent(
            tmp_path, like="885", first=2016, last=2016, children=120, formats=("cin",), faults=500
        )


def test_planting_moves_no_line() -> None:
    lines = ["<Child>", "<LAchildID>INV1</LAchildID>", "</Child>", "<Child>"]
    assert _File([*lines, "<LAchildID>INV2</LAchildID>", "</Child>"], None).where == {  # type: ignore[arg-type]
        "INV1": (0, 3),
        "INV2": (3, 6),
    }
