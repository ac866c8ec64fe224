"""The folder for the night: what is taken, what waits, what is moved aside and why."""

import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from service.measures.invented_loads import Files, deployment, invented_files, published
from sightline.cli.take_in import NOT_WELL
from sightline.cli.take_in import command as take_in_command
from sightline.service.audit.models import AuditEntry
from sightline.service.measures import intake_folder, load_tasks
from sightline.service.measures.intake_folder import STILL_SECONDS, take_in
from sightline.service.measures.load_actions import LoadRefusedError
from sightline.service.measures.models import Load, Publication
from sightline.store.snapshots import Store

__all__ = ["deployment", "invented_files", "published"]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("quick"),
    pytest.mark.databases_by_turns,
]
LATER = STILL_SECONDS + 1


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_tasks, "found_by", lambda *_: {})


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    return folder


def aside(drop: Path, where: str) -> list[str]:
    return sorted(path.name for path in (drop / where).glob("*/*"))


def soon() -> float:
    return time.time() + LATER


def test_files_are_loaded_published_and_moved_aside(
    drop: Path, deployment: Path, published: Publication, invented_files: Files
) -> None:
    shutil.copy(invented_files.faulty, drop / "census.xml")
    assert take_in(drop) == "Files are still being written: they are loaded the next time."
    assert not Load.objects.exists()
    said = take_in(drop, publish=True, now=soon())
    load = Load.objects.get()
    assert said == f"Load {load.pk} is published."
    assert (load.state, load.given_by, load.source) == ("published", None, "the folder drop")
    assert Publication.objects.latest().snapshot == load.snapshot
    assert aside(drop, "done") == ["census.xml"]
    assert not list((drop / "working").iterdir()) and not list((deployment / "uploads").iterdir())
    assert take_in(drop) == "There is nothing to load."
    who = set(AuditEntry.objects.filter(subject="measures_load").values_list("actor_name", "role"))
    assert who == {("Nightly load", "system")}


def test_without_publishing_somebody_decides_and_the_next_night_waits(
    drop: Path, deployment: Path, published: Publication, invented_files: Files
) -> None:
    shutil.copy(invented_files.faulty, drop / "census.xml")
    assert "waits to be published" in take_in(drop, now=soon())
    shutil.copy(invented_files.annex_a, drop / "annex-a.xlsx")
    with pytest.raises(LoadRefusedError, match="still open"):
        take_in(drop, now=soon())
    assert (drop / "annex-a.xlsx").exists()
    assert Publication.objects.get() == published


def test_what_cannot_be_loaded_is_moved_aside_with_why(
    drop: Path, deployment: Path, published: Publication
) -> None:
    (drop / "minutes.csv").write_text("a,b\n1,2\n")
    with pytest.raises(LoadRefusedError, match=r"minutes\.csv"):
        take_in(drop, publish=True, now=soon())
    assert aside(drop, "failed") == ["minutes.csv", "why.txt"]
    assert next(drop.glob("failed/*/why.txt")).read_text().startswith("minutes.csv: ")
    load = Load.objects.get()
    assert load.state == Load.State.FAILED and load.settled_at
    assert not list((deployment / "uploads").iterdir())
    assert Store(deployment / "store").current().id == published.snapshot


def test_links_folders_and_hidden_files_are_left_alone(drop: Path, deployment: Path) -> None:
    secret = drop.parent / "secret.csv"
    secret.write_text("a,b\n")
    (drop / "link.csv").symlink_to(secret)
    (drop / "folder").mkdir()
    (drop / "folder" / "a.csv").write_text("1")
    (drop / ".half.csv").write_text("1")
    os.mkfifo(drop / "pipe.csv")
    assert take_in(drop, now=soon()) == "There is nothing to load."
    assert secret.exists() and (drop / "link.csv").is_symlink()


def test_a_link_put_in_place_of_a_file_is_not_followed(
    drop: Path, deployment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = drop.parent / "secret.csv"
    secret.write_text("a,b\n")
    (drop / "a.csv").write_text("1")
    moved = intake_folder._moved

    def swapped(folder: Path, waiting: Any) -> Path:
        into = moved(folder, waiting)
        (into / "a.csv").unlink()
        (into / "a.csv").symlink_to(secret)
        return into

    monkeypatch.setattr(intake_folder, "_moved", swapped)
    with pytest.raises(OSError, match="symbolic links"):
        take_in(drop, now=soon())
    assert not Load.objects.exists()


def test_what_a_killed_run_left_is_set_aside_by_the_next(drop: Path, deployment: Path) -> None:
    left = drop / "working" / "20160331T000000000000"
    left.mkdir(parents=True)
    (left / "census.xml").write_text("<x/>")
    assert take_in(drop) == "There is nothing to load."
    assert aside(drop, "failed") == ["census.xml", "why.txt"]


def test_a_link_where_the_reason_is_to_be_written_is_not_written_through(
    drop: Path, deployment: Path
) -> None:
    kept = drop.parent / "service.toml"
    kept.write_text("kept as it is")
    left = drop / "working" / "20160331T000000000000"
    left.mkdir(parents=True)
    (left / "why.txt").symlink_to(kept)
    take_in(drop)
    assert kept.read_text() == "kept as it is"
    (why,) = drop.glob("failed/*/why.txt")
    assert not why.is_symlink() and why.read_text().startswith("The work on this load stopped")


def test_too_much_is_refused(drop: Path, deployment: Path) -> None:
    for number in range(intake_folder.MOST_FILES + 1):
        (drop / f"{number}.csv").write_text("1")
    with pytest.raises(LoadRefusedError, match="There are 81 files"):
        take_in(drop, now=soon())
    assert not Load.objects.exists()


def test_only_one_runs_at_a_time(drop: Path, deployment: Path) -> None:
    with intake_folder._only_one(drop), pytest.raises(LoadRefusedError, match="running already"):
        take_in(drop)


def test_the_command_says_what_it_did_and_exits_by_it(
    drop: Path, deployment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # This process is one of a deployment already.
    monkeypatch.setattr("sightline.service.config.deployment.use", lambda *_: None)
    runner = CliRunner()
    done = runner.invoke(take_in_command, [str(drop)])
    assert (done.exit_code, done.output) == (0, "There is nothing to load.\n")
    assert runner.invoke(take_in_command, [str(drop), "--quiet"]).output == ""
    (drop / "minutes.csv").write_text("a,b\n1,2\n")
    long_ago = time.time() - LATER
    os.utime(drop / "minutes.csv", (long_ago, long_ago))
    done = runner.invoke(take_in_command, [str(drop), "--publish"])
    assert done.exit_code == NOT_WELL and "minutes.csv" in done.output
    assert runner.invoke(take_in_command, [str(drop / "nowhere")]).exit_code == 2
