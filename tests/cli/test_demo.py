"""`sightline demo`, small enough to be made in a test, in a process of its own as Django needs."""

import os
import subprocess
import sys
from pathlib import Path

from sightline.cli import demo

_SMALL = """
from functools import partial
import sightline.synthetic
from sightline.cli import demo, main
demo.FIRST = demo.LAST
sightline.synthetic.invent = partial(sightline.synthetic.invent, children=400)
"""
_WITHOUT_MAKING = """
from sightline.cli import demo
import sightline.service.config.demonstration as made
made.make_demonstration = lambda folder, progress: []
def make(folder, quiet):
    for name in (*demo.REPORTS, "store/current"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("made")
demo._make = make
"""


def _demo(folder: Path, *options: str, made: bool = True) -> subprocess.CompletedProcess[str]:
    asked = ["demo", "--folder", str(folder), "--no-serve", *options]
    of_the_tests = ("DJANGO_SETTINGS_MODULE", "SIGHTLINE_")
    return subprocess.run(
        [sys.executable, "-c", f"{_SMALL}{'' if made else _WITHOUT_MAKING}main()", *asked],
        capture_output=True,
        text=True,
        check=False,
        env={name: v for name, v in os.environ.items() if not name.startswith(of_the_tests)},
    )


def test_it_removes_nothing_that_is_not_its_own(tmp_path: Path) -> None:
    own = tmp_path / "returns" / "cin-2016.xml"
    own.parent.mkdir()
    own.write_text("a real return", "utf-8")
    for options in ((), ("--again",)):
        refused = _demo(tmp_path, *options)
        assert refused.returncode == 2
        assert "holds files that no demonstration made" in " ".join(refused.stderr.split())
        assert own.read_text("utf-8") == "a real return"


def test_it_makes_all_of_it_once_and_then_says_where(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    first = _demo(folder)
    assert first.returncode == 0, first.stderr
    kept = [folder / name for name in (*demo.REPORTS, "service.toml", "store/current")]
    made = {path: path.stat().st_mtime_ns for path in kept}
    second = _demo(folder)
    for said in (str(folder / "report.html"), "analyst@demo.example", "councillor@demo.example"):
        assert said in second.stdout
    assert {path: path.stat().st_mtime_ns for path in kept} == made
    stale = folder / "returns" / "stale.txt"
    stale.write_text("of an earlier run", "utf-8")
    # What is made of an empty folder was seen above, and takes longest.
    again = _demo(folder, "--again", "--quiet", made=False)
    assert again.returncode == 0, again.stderr
    assert not stale.exists()
    assert not (folder / "service.toml").exists()
    assert {path for path in kept if path.exists()} == {*kept} - {folder / "service.toml"}
    for path in kept:
        assert not path.exists() or path.stat().st_mtime_ns != made[path]
