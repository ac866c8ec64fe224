"""The how-to "Mend a return before the deadline", as it is written: what it shows is what comes of it."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "mend-a-return.md"
FILES = HOW_TO.with_suffix("")
PLANTED = ["4220", "8608", "8810", "impossible-date"]
QUERIES = ["2887Q", "8670Q"]


@pytest.fixture
def started(run: Any) -> Any:
    tables = [FILES / "ssd_involvements.csv", FILES / "ssd_department.csv"]
    run("load", FILES / "cin-2026.xml", *tables, "--as-at", "2026-03-31", "--authority", "885")
    return run


def test_the_faults_are_found_and_whose_they_are(started: Any, tmp_path: Path) -> None:
    said = started.json("check", "--json", "--by", "team")
    assert sorted(each["code"] for each in said["findings"]) == sorted([*PLANTED, *QUERIES])
    assert [(e["group"], e["errors"], e["queries"], e["children"]) for e in said["summary"]] == [
        ("Not known", 2, 1, 1),
        ("North", 1, 1, 2),
        ("South", 1, 0, 1),
    ]
    started("check", "--team", "North", "-o", tmp_path / "north.xlsx", "-o", tmp_path / "north.csv")
    assert (tmp_path / "north.xlsx").stat().st_size > 0
    rows = list(csv.DictReader((tmp_path / "north.csv").read_text("utf-8").splitlines()))
    assert sorted(row["code"] for row in rows) == ["4220", "8670Q"]


def test_the_corrected_file_mends_them_and_a_note_explains_one(started: Any) -> None:
    started("load", FILES / "cin-2026-corrected.xml")
    said = started.json("check", "--json", "--trend")
    assert sorted(each["code"] for each in said["gone"]) == PLANTED
    assert {each["trend"] for each in said["gone"]} == {"mended"}
    assert {each["code"]: each["trend"] for each in said["findings"]} == dict.fromkeys(
        QUERIES, "still there"
    )
    assert "0 new, 2 still there, 4 mended." in started("check", "--trend").stdout
    started("check", "--fail-on", "error", code=0)
    started("check", "--fail-on", "query", code=3)
    name = next(each["finding"] for each in said["findings"] if each["code"] == "8670Q")
    assert name in HOW_TO.read_text("utf-8")
    started("notes", "add", name, "--author", "A. Analyst", "--reason", "Family abroad")
    started("check", "--rule", "8670Q", "--fail-on", "query", code=0)
    started("check", "--fail-on", "query", code=3)


def test_the_places_it_shows_are_those_that_are_found(started: Any) -> None:
    shown = re.findall(r"^    (\S+) +cin-2026\.xml +(line \d+) +(\w+)", HOW_TO.read_text(), re.M)
    found = [
        (each["code"], each["place"], each["column"])
        for each in started.json("check", "--json", "--severity", "error")["findings"]
    ]
    assert sorted(shown) == sorted(found)
