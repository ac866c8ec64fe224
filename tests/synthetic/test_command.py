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
    [("885", 2, 300, False), ("885", 4, 2000, False), ("204", 13, 90, True)],
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
        assert check_snapshot(snapshot, connection).found.num_rows == 0


def test_a_second_run_leaves_nothing_of_the_first(tmp_path: Path) -> None:
    options = ("--children", 200, "--format", "cin", "-o", tmp_path)
    _run("--from", 2014, "--to", 2015, "--faults", 2, *options)
    _run("--from", 2016, "--to", 2016, *options)
    assert [path.name for path in (tmp_path / "cin").iterdir()] == ["invented-885-cin-2016.xml"]
    assert not (tmp_path / "planted-faults.csv").exists()


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
