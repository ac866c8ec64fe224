"""`sightline demo`, on years few enough to be made in a test."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sightline.cli import demo


def _demo(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(demo.command, ["--folder", str(folder), *options])


def test_it_removes_nothing_that_is_not_its_own(tmp_path: Path) -> None:
    own = tmp_path / "returns" / "cin-2016.xml"
    own.parent.mkdir()
    own.write_text("a real return", "utf-8")
    for options in ((), ("--again",)):
        refused = _demo(tmp_path, *options)
        assert refused.exit_code == 2
        assert "holds files that no demonstration made" in " ".join(refused.output.split())
        assert own.read_text("utf-8") == "a real return"


def test_it_makes_a_report_once_and_then_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "FIRST", demo.LAST)
    folder = tmp_path / "demo"
    first = _demo(folder)
    assert first.exit_code == 0, first.output
    made = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert {path.name for path in made} >= {*demo.REPORTS, "returns", "store"}
    second = _demo(folder)
    assert str(folder / "report.html") in second.output
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == made
    stale = folder / "returns" / "stale.txt"
    stale.write_text("of an earlier run", "utf-8")
    assert _demo(folder, "--again").exit_code == 0
    assert not stale.exists()
