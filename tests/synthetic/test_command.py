"""`sightline synth`."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sightline.cli.synth import command
from sightline.intake.load import load
from sightline.quality.snapshot_check import check_snapshot
from sightline.store.snapshots import Store
from thorough import of_today


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(each) for each in arguments])


def test_it_says_what_it_wrote_and_that_nobody_is_real(tmp_path: Path) -> None:
    result = _run(
        *("--like", "Bury", "--from", 2015, "--to", 2016, "--children", 200, "--format", "cin"),
        *("-o", tmp_path),
    )
    assert result.exit_code == 0, result.output
    assert "None of them is real" in result.output
    assert f"sightline load {tmp_path}" in result.output
    assert {path.name for path in tmp_path.iterdir()} == {"README.txt", "cin", "places.csv"}
    assert sorted(path.name for path in (tmp_path / "cin").iterdir()) == [
        "invented-351-cin-2015.xml",
        "invented-351-cin-2016.xml",
    ]


def test_for_a_program_it_prints_json(tmp_path: Path) -> None:
    result = _run(
        *("--like", 885, "--from", 2016, "--to", 2016, "--children", 300, "--format", "cin"),
        *("--faults", 3, "--json", "-o", tmp_path),
    )
    said = json.loads(result.stdout)
    assert said["folders"] == [str(tmp_path)]
    assert said["places"] == [str(tmp_path / "places.csv")]
    with (tmp_path / "planted-faults.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == said["faults"] >= 3


@pytest.mark.parametrize(
    ("like", "seed", "children", "one_more"),
    of_today([("885", 2, 300, False), ("885", 4, 2000, False), ("204", 13, 90, True)], days=3),
)
def test_a_child_is_found_for_whoever_enters_care(
    like: str, seed: int, children: int, one_more: bool, tmp_path: Path
) -> None:
    """With these seeds nobody open when a baby enters care could be that child."""
    result = _run(
        *("--like", like, "--from", 2015 if one_more else 2013, "--to", 2019, "--seed", seed),
        *("--children", children, "--format", "cin", "--format", "ssda903", "-o", tmp_path),
    )
    assert result.exit_code == 0, result.output
    assert ("one more referred" in result.output) == one_more
    snapshot = load([tmp_path], Store(tmp_path / "store"), fresh=True).snapshot
    with snapshot.connect() as connection:
        report = check_snapshot(snapshot, connection)
    # What a query asks about may be as it is in life too.
    assert [rule.code for rule in report.rules if rule.findings and rule.severity == "error"] == []
    assert not report.any_failed


def test_a_second_run_leaves_nothing_of_the_first(tmp_path: Path) -> None:
    options = ("--children", 200, "--format", "cin", "-o", tmp_path)
    _run("--from", 2014, "--to", 2015, "--faults", 2, *options)
    _run("--from", 2016, "--to", 2016, *options)
    assert [path.name for path in (tmp_path / "cin").iterdir()] == ["invented-885-cin-2016.xml"]
    assert not (tmp_path / "planted-faults.csv").exists()


def test_formats_made_one_by_one_are_those_made_at_once(tmp_path: Path) -> None:
    options = ("--from", 2016, "--to", 2016, "--children", 300, "--faults", 3)
    both = ("--format", "ssda903", "--format", "cin")
    assert _run(*options, *both, "-o", tmp_path / "at-once").exit_code == 0
    for name in ("cin", "ssda903", "cin"):
        assert _run(*options, "--format", name, "-o", tmp_path / "one-by-one").exit_code == 0
    at_once, one_by_one = (
        {
            str(path.relative_to(tmp_path / name)): path.read_bytes()
            for path in (tmp_path / name).rglob("*.*")
        }
        for name in ("at-once", "one-by-one")
    )
    assert len(at_once) > 5
    assert one_by_one == at_once
    assert b"cin/  children in need" in one_by_one["README.txt"]
    assert b"ssda903/  looked-after" in one_by_one["README.txt"]


@pytest.mark.parametrize(
    "other", [("--seed", 2), ("--children", 400), ("--like", "Bury"), ("--from", 2015)]
)
def test_children_of_two_runs_never_lie_in_one_folder(
    tmp_path: Path, other: tuple[object, ...]
) -> None:
    options = ("--from", 2016, "--to", 2016, "--children", 300, "-o", tmp_path)
    _run(*options, "--format", "cin", "--faults", 2)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    refused = _run(*options, *other, "--format", "ssda903")
    assert refused.exit_code == 2
    assert "holds cin made with other options" in " ".join(refused.output.split())
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before
    # Where all that is there is made anew, nothing is left of the first run.
    assert _run(*options, *other, "--format", "cin", "--format", "ssda903").exit_code == 0
    assert not (tmp_path / "planted-faults.csv").exists()
    files = {path.name: path.read_bytes() for path in (tmp_path / "cin").iterdir()}
    assert all(before.get(tmp_path / "cin" / name) != data for name, data in files.items())


def test_files_of_which_nothing_says_how_they_were_made_are_not_joined(tmp_path: Path) -> None:
    options = ("--from", 2016, "--to", 2016, "--children", 300, "-o", tmp_path)
    _run(*options, "--format", "cin")
    (tmp_path / "README.txt").unlink()
    assert _run(*options, "--format", "ssda903").exit_code == 2
    assert not (tmp_path / "ssda903").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--from", 2018, "--to", 2016), "before the first year"),
        (("--from", 2010, "--to", 2012), "held for years ending 31 March 2013 to 2024"),
        (("--like", "970", "--from", 2016, "--to", 2016), "no local authority"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence(
    tmp_path: Path, options: tuple[object, ...], said: str
) -> None:
    result = _run(*options, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "out").exists()
