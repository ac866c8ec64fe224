"""What commands print: tables that fit any terminal, and readers that stop early."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quality.returns import CENSUS
from sightline.cli import output
from sightline.cli.output import print_table

HEADS = ["Finding", "Code", "File", "Column", "Value", "What is wrong"]
ROWS = [
    [
        "1174d68905",
        "impossible-date",
        "cin-2026-corrected.xml",
        "authorisation_date",
        "",
        "Not a day",
    ],
    ["235def4acf", "8670Q", "cin.xml", "closure_date", "1", "Give disabilities in full, " * 6],
]


@pytest.mark.parametrize("width", [200, 140, 100, 80, 60])
def test_no_word_is_broken_and_no_line_is_too_long(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setattr(output, "NOT_A_TERMINAL", width)
    print_table(HEADS, ROWS, title="Findings")
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= width
    assert "Findings" in printed
    words = set(printed.split())
    for row in ROWS:
        assert {word for cell in row for word in cell.split()} <= words


def test_a_narrow_terminal_has_a_line_for_each_cell_that_is_not_empty(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "NOT_A_TERMINAL", 60)
    print_table(HEADS, ROWS[:1])
    assert [line.split(maxsplit=1)[0] for line in capsys.readouterr().out.splitlines() if line.strip()] == [
        "Finding", "Code", "File", "Column", "What",
    ]  # fmt: skip


def test_signs_that_a_terminal_acts_on_are_not_sent_to_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_table(["Team"], [["\x1b[2JNorth\x07 [red]é"]])
    printed = capsys.readouterr().out
    assert "\ufffd[2JNorth\ufffd [red]é" in printed
    assert "\x1b" not in printed


@pytest.mark.parametrize(
    ("layout", "fail_on", "code"),
    [("table", "never", 0), ("csv", "error", 3), ("json", "error", 3)],
)
def test_a_reader_that_stops_early_does_not_change_the_exit_code(
    tmp_path: Path, run: Any, layout: str, fail_on: str, code: int
) -> None:
    path = tmp_path / "census.xml"
    path.write_text(CENSUS.replace("<Ethnicity>WBRI</Ethnicity>\n", ""), "utf-8")
    run("load", path)
    words = ["check", "--store", str(run.store), "--format", layout, "--fail-on", fail_on]
    program = (
        f"import sys; sys.argv = ['sightline', *{words!r}]; from sightline.cli import main; main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.close()
        said = started.stderr.read()
        assert started.wait(60) == code, said
    assert said == ""
