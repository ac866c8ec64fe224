"""`sightline export` as people and programs use it."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.small_census import census, child, episode, section_47
from sightline import cli
from sightline.cli import group
from sightline.export.outcome import ExportError, list_beside


def export(*words: object, store: Path, code: int = 0) -> Result:
    arguments = ["export", *map(str, words), "--store", str(store)]
    result = CliRunner().invoke(group, arguments)
    assert result.exit_code == code, f"{result.output}\n{result.exception!r}"
    return result


def test_a_census_is_written_and_counted(loaded, tmp_path: Path) -> None:
    path = tmp_path / "cin.xml"
    result = export("cin", "--year", 2017, "-o", path, store=loaded.store, code=0)
    # Of 2016's census, what was still open in the year to 2017.
    assert "3 children (3 Child, 3 Disability, 3 CINdetails" in result.stdout
    assert path.read_text("utf-8").count("<Child>") == 3
    assert "<LEA>885</LEA>" in path.read_text("utf-8")


def test_json_has_counts_and_no_child(loaded, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    printed = export("annex-a", "-o", path, "--json", store=loaded.store).stdout
    summary = json.loads(printed)
    assert set(summary) == {
        *("path", "format", "day", "children", "rows", "deviations", "listed", "facts"),
    }  # fmt: skip
    assert (summary["format"], summary["day"]) == ("annex_a", "2016-03-31")
    assert summary["rows"]["List 5"] == 1
    assert summary["listed"] is None
    assert "Ann1" not in printed


@pytest.fixture
def faulty(run, tmp_path: Path):
    """A census with a reason for closure that is no code, and an enquiry without its flag."""
    path = tmp_path / "faulty.xml"
    text = census(
        child(
            "Ann1",
            episode("2016-03-10", inside=section_47("2016-03-14", "2016-03-30")),
            episode("2015-05-01", closure="2015-06-01"),
        )
    )
    path.write_text(text.replace("RC7", "RC77").replace(">6<", ">XX<"), "utf-8")
    run("load", path)
    return run


def test_what_is_not_as_recorded_is_listed_and_told_without_the_child(
    faulty, tmp_path: Path
) -> None:
    path = tmp_path / "cin.xml"
    result = export("cin", "--year", 2017, "-o", path, "--every-record", store=faulty.store, code=1)
    assert "ReasonForClosure" in result.stdout
    assert "5 places are not as the records have them" in result.stdout
    assert "Ann1" not in result.stdout + result.stderr
    with (tmp_path / "cin.to-mend.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {(e["kind"], e["field"], e["value"], e["written"]) for e in lines} == {
        ("left out", "ReasonForClosure", "RC77", ""),
        ("left out", "ReferralSource", "XX", ""),
        ("assumed", "ReferralSource", "", "10"),
    }
    assert {each["child"] for each in lines} == {"Ann1"}
    assert all(each["file"].endswith("faulty.xml") and each["place"] for each in lines)


def test_quiet_prints_nothing_and_the_code_tells(faulty, tmp_path: Path) -> None:
    words = ("cin", "--year", 2017, "--every-record", "-q", "--list", tmp_path / "list.csv")
    result = export(*words, "-o", tmp_path / "cin.xml", store=faulty.store, code=1)
    assert result.output == ""
    assert (tmp_path / "list.csv").exists()
    assert not (tmp_path / "cin.to-mend.csv").exists()


def test_the_ssd_is_written_and_can_be_loaded(loaded, run, tmp_path: Path) -> None:
    result = export("ssd", "-o", tmp_path / "ssd", store=loaded.store, code=0)
    assert "to load them, add --as-at 2016-03-31" in result.stdout
    summary = run.json("load", tmp_path / "ssd", "--as-at", "2016-03-31", "--fresh", "--json")
    assert summary["tables"]["referral"] == 5
    assert summary["findings"] == 0


def test_a_list_of_what_is_to_be_mended_may_lie_beside_a_return(
    faulty, run, tmp_path: Path
) -> None:
    folder = tmp_path / "returns"
    folder.mkdir()
    words = ("cin", "--year", 2017, "--every-record")
    export(*words, "-o", folder / "cin.xml", store=faulty.store, code=1)
    summary = run.json("load", folder, "--fresh", "--json")
    assert [Path(each["path"]).name for each in summary["inputs"]] == ["cin.xml"]
    found = run.json("check", "--json")["findings"]
    assert "unknown-file" not in {each["code"] for each in found}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("cin", "--year", 2016, "-o", "{}/x.xml"), "2016 is not in the range 2017<=x<=2026"),
        (("cin", "--year", 2017, "-o", "{}/no/x.xml"), "there is no folder"),
        (("cin", "--year", 2017, "-o", "{}/x.xml", "--authority", "88"), "is not the number of an"),
        (("cin", "--year", 2017), "Missing option '-o'"),
        (("annex-a", "-o", "{}/x.xlsx", "--as-at", "31/31/2016"), "is not a date"),
        (("annex-a", "-o", "{}/x.csv"), "does not end in .xlsx"),
        (("cin", "--year", 2017, "-o", "{}/x"), "does not end in .xml"),
        (("cin", "--year", 2017, "-o", "{}/x.xml", "--list", "{}/x.xml"), "name another --list"),
        (("cin", "--year", 2017, "-o", "{}/x.xml", "--list", "{}/no/l.csv"), "there is no folder"),
        (("ssd", "-o", "{}/ssd", "--list", "{}/ssd/l.csv"), "there is no folder"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_said_in_a_sentence(
    loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys, words, said: str
) -> None:
    arguments = [str(word).format(tmp_path) for word in words]
    monkeypatch.setattr(
        "sys.argv", ["sightline", "export", *arguments, "--store", str(loaded.store)]
    )
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
    assert not list(tmp_path.glob("**/*.partial"))


def test_a_store_that_is_not_there_is_said(tmp_path: Path, monkeypatch, capsys) -> None:
    words = ["export", "ssd", "-o", str(tmp_path / "ssd"), "--store", str(tmp_path / "none")]
    monkeypatch.setattr("sys.argv", ["sightline", *words])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 2
    assert "there is no such store" in capsys.readouterr().err


def test_a_list_is_never_written_into_the_export(faulty, tmp_path: Path) -> None:
    words = ("ssd", "-o", tmp_path / "ssd")
    export(*words, store=faulty.store)
    before = sorted(tmp_path.glob("ssd/*"))
    result = CliRunner().invoke(
        group,
        ["export", *map(str, words), "--list", f"{words[2]}/l.csv", "--store", str(faulty.store)],
    )
    assert isinstance(result.exception, ExportError)
    assert sorted(tmp_path.glob("ssd/*")) == before
    census = tmp_path / "cin.xml"
    census.write_text("the return of last year")
    words = ("cin", "--year", 2017, "--every-record", "-o", census, "--list", census)
    result = CliRunner().invoke(group, ["export", *map(str, words), "--store", str(faulty.store)])
    assert isinstance(result.exception, ExportError)
    assert census.read_text() == "the return of last year"


def test_a_year_after_the_last_file_says_what_is_not_known(loaded, tmp_path: Path) -> None:
    words = ("cin", "--year", 2017, "-o", tmp_path / "cin.xml", "--json")
    (fact, *_) = json.loads(export(*words, store=loaded.store).stdout)["facts"]
    assert fact.startswith("No file loaded goes beyond 31 March 2016")
    words = ("cin", "--year", 2016 + 1, "-o", tmp_path / "cin.xml")
    assert "written as open still on 31 March 2017" in export(*words, store=loaded.store).stdout
    words = ("annex-a", "-o", tmp_path / "a.xlsx", "--json")
    facts = json.loads(export(*words, store=loaded.store).stdout)["facts"]
    assert not any("goes beyond" in each for each in facts)


@pytest.mark.parametrize("name", ["cin", "annex-a", "ssd"])
def test_a_disk_that_is_full_is_said_of_the_file_and_leaves_nothing(
    faulty, tmp_path: Path, name: str
) -> None:
    """The limit on a file's size stands for the disk's."""
    path = tmp_path / {"cin": "cin.xml", "annex-a": "a.xlsx", "ssd": "ssd"}[name]
    words = ["export", name, "--store", str(faulty.store), "-o", str(path)]
    words += ["--year", "2017", "--every-record"] if name == "cin" else []
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300)); "
    run = f"{limited}from sightline.cli import main; sys.argv = ['sightline', *{words!r}]; main()"
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    # What grew too large first: the return, or the list beside it.
    said = [f"sightline: {each}: cannot be read or written (File too large).\n" for each in
            (path, list_beside(path))]  # fmt: skip
    assert done.stderr in said
    assert sorted(each.name for each in tmp_path.iterdir()) == ["faulty.xml", "store"]
