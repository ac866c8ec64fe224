"""The commands as people and programs use them: what they print, and what they promise."""

import csv
import io
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli.small_census import CENSUS_2016, census, child, episode
from sightline.cli import COMMANDS, group

KEYS_OF_A_FIGURE = {
    "indicator",
    "version",
    "period_start",
    "period_end",
    "by",
    "group",
    "numerator",
    "denominator",
    "value",
    "unit",
    "quality",
}


def total(rows, code):
    return next(row for row in rows if row["indicator"] == code and row["by"] == "all")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_quiet(name):
    command = group.get_command(click.Context(group), name)
    assert isinstance(command, click.Group) or "--quiet" in {
        option for parameter in command.params for option in parameter.opts
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps_with_examples(name):
    result = CliRunner().invoke(group, [name, "--help"])
    assert result.exit_code == 0
    assert "Examples:" in result.output
    assert f"sightline {name}" in result.output


def test_load_says_what_it_read(run, census_2016):
    summary = run.json("load", census_2016, "--json", "--authority", "885")
    assert set(summary) == {"snapshot", "tables", "rejected", "findings", "inputs"}
    assert summary["tables"]["child"] == 4
    assert summary["tables"]["referral"] == 5
    assert summary["tables"]["cp_review"] == 1
    assert (summary["rejected"], summary["findings"]) == (0, 0)
    (file,) = summary["inputs"]
    assert set(file) == {"path", "sha256", "format", "rows_read", "rows_kept"}
    assert file["format"] == "cin"
    assert file["rows_read"] == file["rows_kept"] > 0


def test_figures_are_those_counted_by_hand(loaded):
    rows = loaded.json("figures", "--json")
    assert set(rows[0]) >= KEYS_OF_A_FIGURE
    conferences = total(rows, "CP-05")
    assert (conferences["numerator"], conferences["denominator"]) == (1, 2)
    assert conferences["value"] == 50.0
    assert conferences["period_start"], conferences["period_end"] == ("2015-04-01", "2016-03-31")
    assert total(rows, "FD-02")["value"] == 5
    assert (total(rows, "FD-05")["numerator"], total(rows, "FD-05")["denominator"]) == (1, 5)
    assert (total(rows, "FD-07")["numerator"], total(rows, "FD-07")["denominator"]) == (1, 5)
    assert total(rows, "CI-01")["value"] == 3
    assert total(rows, "CP-09")["value"] == 2
    assert (total(rows, "CP-14")["numerator"], total(rows, "CP-14")["denominator"]) == (1, 1)


def test_figures_by_month_and_group(loaded):
    rows = loaded.json(
        "figures", "--indicator", "FD-02", "--every", "month", "--by", "sex", "--json"
    )
    assert len({row["period_end"] for row in rows}) == 12
    by_sex = [row for row in rows if row["by"] == "sex"]
    assert sum(row["numerator"] for row in by_sex) == 5
    assert {row["indicator"] for row in rows} == {"FD-02"}


def test_children_are_the_rows_behind_the_figure(loaded):
    rows = loaded.json("children", "CP-05", "--period", "2015/16", "--json")
    assert {(row["child_id"], row["met"]) for row in rows} == {("Ann1", True), ("Ben2", False)}
    assert [
        row["child_id"] for row in loaded.json("children", "CP-05", "--period", "2016-03", "--json")
    ] == ["Ann1"]
    listed = list(
        csv.DictReader(
            io.StringIO(
                loaded("children", "CP-09", "--period", "2016-03-31", "--format", "csv").stdout
            )
        )
    )
    assert {row["child_id"] for row in listed} == {"Ann1", "Ben2"}


def test_children_of_a_group(loaded):
    rows = loaded.json("children", "CP-05", "--period", "2016", "--group", "Not known", "--json")
    assert len(rows) == 2
    wrong = loaded("children", "CP-05", "--period", "2016", "--group", "Camelot", code=2)
    assert "no group 'Camelot'" in wrong.output


def test_check_finds_no_error_where_nothing_is_wrong(loaded):
    """Of four children it is true that few disabilities are named, and enquiries had no assessment."""
    report = loaded.json("check", "--json")
    assert {"rules", "findings"} <= set(report)
    assert {each["code"] for each in report["findings"]} == {"2887Q", "2991Q"}
    outcomes = {rule["code"]: rule["outcome"] for rule in report["rules"]}
    assert {outcomes.pop("2887Q"), outcomes.pop("2991Q")} == {"findings"}
    assert set(outcomes.values()) == {"clean", "could not run"}
    assert {"code", "format", "severity", "outcome", "findings"} <= set(report["rules"][0])


def test_check_gives_the_place(run, tmp_path):
    wrong = tmp_path / "wrong.xml"
    wrong.write_text(CENSUS_2016.replace("2015-09-23", "2015-09-31"), "utf-8")
    run("load", wrong)
    findings = run.json("check", "--json")["findings"]
    impossible = [
        each for each in findings if each["code"] in ("impossible-date", "unreadable-date")
    ]
    line = next(
        number
        for number, text in enumerate(wrong.read_text("utf-8").splitlines(), start=1)
        if "Ben2" in text
    )
    assert impossible
    for each in impossible:
        assert each["value"] == "2015-09-31"
        assert each["place"] == f"line {line}"
        assert each["file"] == str(wrong)


def test_check_names_the_child_of_a_row_that_gave_no_record(run, tmp_path):
    contacts = tmp_path / "list-1.csv"
    contacts.write_text(
        "Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date of Contact,Contact Source\n"
        "C1,a) Male,a) WBRI,2010-01-01,5,2015-10-01,6: Police\n"
        "C2,a) Male,a) WBRI,2010-01-01,5,,6: Police\n",
        "utf-8",
    )
    run("load", contacts)
    findings = run.json("check", "--json", "--rule", "row-without-key")["findings"]
    assert [each["child"] for each in findings] == ["C2"]


def test_compare_gives_the_published_figure(run):
    rows = run.json("compare", "CP-05", "--authority", "885", "--years", "2016", "--json")
    own = next(row for row in rows if row["kind"] == "authority")
    assert (own["numerator"], own["denominator"], own["value"]) == (374, 795, 47.0)
    assert {"neighbours_mean", "neighbours_median", "region", "england"} <= {
        row["kind"] for row in rows
    }


def test_a_code_may_be_in_small_letters(loaded):
    assert loaded.json("figures", "--indicator", "cp-05", "--json") == loaded.json(
        "figures", "--indicator", "CP-05", "--json"
    )
    assert len(loaded.json("children", "cp-05", "--period", "2016", "--json")) == 2
    assert loaded.json("indicators", "cp-05", "--json")[0]["code"] == "CP-05"
    rows = loaded.json("compare", "cp-05", "--authority", "885", "--years", "2016", "--json")
    assert rows[0]["indicator"] == "CP-05"
    for code in ("CP-10s", "cp-10s", "CP-10S"):
        assert loaded.json("indicators", code, "--json")[0]["code"] == "CP-10s"


def test_indicators_lists_and_shows(run):
    listed = run.json("indicators", "--json")
    assert isinstance(listed, list)
    assert {"CP-05", "FD-05", "LA-01"} <= {each["code"] for each in listed}
    (shown,) = run.json("indicators", "CP-05", "--json")
    assert shown["sql"].startswith("SELECT")
    assert shown["source"]
    assert "conference.conference_date" in {field["field"] for field in shown["fields"]}


def test_a_second_load_replaces_undo_returns_and_diff_tells(run, census_2016, tmp_path):
    first = run.json("load", census_2016, "--json")
    again = tmp_path / "again.xml"
    again.write_text(CENSUS_2016.replace("2015-12-10", "2015-12-11"), "utf-8")
    second = run.json("load", again, "--json")
    assert second["tables"] == first["tables"]
    difference = run.json("snapshots", "diff", "--json")
    assert difference["before"] == first["snapshot"]
    (reviews,) = [each for each in difference["tables"] if each["table"] == "cp_review"]
    assert (reviews["added"], reviews["removed"]) == (1, 1)
    assert run.json("snapshots", "undo", "--json")["snapshot"] == first["snapshot"]
    listed = run.json("snapshots", "list", "--json")
    assert [(each["snapshot"], each["current"]) for each in listed] == [
        (first["snapshot"], True),
        (second["snapshot"], False),
    ]
    run("snapshots", "undo", code=1)


def test_a_snapshot_is_shown_quietly(run, census_2016, tmp_path):
    places = tmp_path / "places.csv"
    places.write_text("kind,place,district\nchild,1,Redditch\n", "utf-8")
    run("load", census_2016, "--places", places)
    fact = "The district of"
    assert fact in run("snapshots", "show").stdout
    quiet = run("snapshots", "show", "--quiet").stdout
    assert "cp_review" in quiet
    assert fact not in quiet


@pytest.mark.parametrize("name", ["list", "show", "diff", "undo"])
def test_every_command_on_snapshots_helps_with_examples(name):
    result = CliRunner().invoke(group, ["snapshots", name, "--help"])
    assert f"Examples:\n    sightline snapshots {name}" in result.output


def test_a_return_replaced_by_a_part_of_it_is_told(run, tmp_path):
    header, episodes = tmp_path / "header.csv", tmp_path / "episodes.csv"
    header.write_text("CHILD,SEX,DOB,ETHNIC,UPN\n1,2,27/03/2008,WBRI,A1\n", "utf-8")
    episodes.write_text(
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n1,15/02/2016,S,C2,N1,U4,PR1,,\n",
        "utf-8",
    )
    assert "Take care" not in run("load", header, episodes).stderr
    said = run("load", episodes, "--json")
    assert json.loads(said.stdout)["tables"] == {"child": 1, "care_episode": 1}
    assert "the SSDA903 return to 31 March 2016 had Header too" in " ".join(said.stderr.split())
    assert "Take care" not in run("load", header, episodes).stderr


def test_the_same_file_gives_the_same_tables(run, census_2016):
    first, second = (run.json("load", census_2016, "--fresh", "--json") for _ in range(2))
    shown = [run.json("snapshots", "show", each["snapshot"], "--json") for each in (first, second)]
    hashes = [{name: of["hash"] for name, of in each["tables"].items()} for each in shown]
    assert hashes[0] == hashes[1]


def test_two_years_are_kept_and_each_has_its_figure(run, census_2016, tmp_path):
    earlier = tmp_path / "cin-2015.xml"
    earlier.write_text(
        census(child("Eve5", episode("2014-10-01", closure="2014-12-01")), year=2015), "utf-8"
    )
    run("load", census_2016, earlier)
    rows = run.json("figures", "--indicator", "FD-02", "--json")
    assert [(row["period_end"], row["value"]) for row in rows] == [
        ("2015-03-31", 1),
        ("2016-03-31", 5),
    ]


def test_both_versions_side_by_side(loaded):
    rows = loaded.json("figures", "--indicator", "AS-01", "--every-version", "--json")
    assert len({(row["part"], row["version"]) for row in rows}) >= 2
    in_force = loaded.json("figures", "--indicator", "AS-01", "--json")
    assert {row["version"] for row in in_force} == {max(row["version"] for row in rows)}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["figures", "--indicator", "XX-99"], "There is no indicator XX-99"),
        (["figures", "--by", "planet"], "none of the indicators can be broken down by 'planet'"),
        (["figures", "--from", "2016-13-01"], "is not a date"),
        (["figures", "--from", "2016-04-01", "--to", "2016-03-31"], "is before"),
        (["figures", "--from", "2050-01-01"], "2050-01-01 is too late: the files cover"),
        (["figures", "--to", "2001-01-01"], "2001-01-01 is too early: the files cover"),
        (["figures", "--to", "9999-12-31"], "is not of a year from 1900 to 2099"),
        (["figures", "--from", "0001-01-01"], "is not of a year from 1900 to 2099"),
        (["children", "CP-05", "--period", "spring"], "is not a period"),
        (["children", "CP-17", "--period", "2016"], "has several parts"),
        (
            ["children", "CP-05", "--period", "2016", "--by", "planet", "--group", "Mars"],
            "cannot be broken down by 'planet'; it can by district",
        ),
        (
            ["children", "CP-05", "--period", "2016", "--by", "sex", "--group", "Mars"],
            "has no group 'Mars'. By sex there are:",
        ),
        (["children", "CP-05", "--period", "2016", "--by", "sex"], "name one of sex with --group"),
        (["synth", "--children", "50", "-o", "/dev/null/x"], "/dev/null/x: cannot be"),
        (["compare", "CP-05", "--authority", "Camelot"], "No published area"),
        (["compare", "CP-05", "--authority", "885", "--years", "1999"], "1999"),
        (["report", "-o", "report.docx"], "ends in none of"),
        (["report", "-o", "report.html", "--within", "Redditch"], "write district=Redditch"),
        (["report", "-o", "report.html", "--within", "district=Mars"], "no district 'Mars'"),
        (["report", "-o", "report.html", "--within", "sex=F"], "a district or a team"),
        (["snapshots", "show", "nothing"], "there is no snapshot nothing"),
        (["load", "nowhere.xml"], "nowhere.xml"),
        (["load", "nowhere.xml", "--authority", "Bury"], "is not the number of an authority"),
        (["check", "--rule", "0000"], "there is no rule 0000"),
    ],
)
def test_a_mistake_is_answered_with_what_to_do(arguments, says, tmp_path, census_2016, capsys):
    from sightline.cli import main

    store = str(tmp_path / "store")
    assert CliRunner().invoke(group, ["load", str(census_2016), "--store", store]).exit_code == 0
    if arguments[0] not in ("compare", "synth"):
        arguments = [*arguments, "--store", store]
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as stop:
        patch.setattr("sys.argv", ["sightline", *arguments])
        main()
    assert stop.value.code == 2
    printed = capsys.readouterr()
    assert says in " ".join(printed.err.split())
    assert "Traceback" not in printed.err
    assert printed.out == ""


def test_a_file_that_cannot_be_read_leaves_the_store_as_it_was(tmp_path, census_2016, capsys):
    from sightline.cli import main

    store = tmp_path / "store"
    CliRunner().invoke(group, ["load", str(census_2016), "--store", str(store)])
    before = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    broken = tmp_path / "broken.xml"
    broken.write_text(CENSUS_2016[:700], "utf-8")
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as stop:
        patch.setattr("sys.argv", ["sightline", "load", str(broken), "--store", str(store)])
        main()
    assert stop.value.code == 2
    said = capsys.readouterr().err.strip()
    assert len(said.splitlines()) == 1
    assert "broken.xml" in said
    assert {path: path.read_bytes() for path in store.rglob("*") if path.is_file()} == before


def test_a_finding_in_csv_never_becomes_a_formula(run, tmp_path):
    wrong = tmp_path / "wrong.xml"
    wrong.write_text(CENSUS_2016.replace("<LAchildID>Dee4", "<LAchildID>=1+1"), "utf-8")
    run("load", wrong)
    printed = run("children", "FD-07", "--period", "2016", "--format", "csv").stdout
    assert "'=1+1" in printed


def test_csv_holds_what_the_json_does(loaded):
    """An empty cell is empty, and nothing but a formula is marked."""
    asked = ("figures", "--indicator", "CP-05", "--by", "district")
    printed = list(csv.DictReader(io.StringIO(loaded(*asked, "--format", "csv").stdout)))
    given = loaded.json(*asked, "--json")
    assert any(row["value"] is None or row["part"] == "" for row in given)
    for row, figure in zip(printed, given, strict=True):
        expected = {name: figure.get(name) for name in row}
        assert row == {n: "" if v is None else str(v) for n, v in expected.items()}


def test_quiet_load_prints_nothing(run, census_2016):
    assert run("load", census_2016, "--quiet").output == ""


def test_json_is_all_that_stands_on_standard_output(loaded):
    for arguments in (["figures"], ["check"], ["children", "CP-05", "--period", "2016"]):
        json.loads(loaded(*arguments, "--json").stdout)


def test_the_settings_of_the_store_are_used(loaded):
    (loaded.store / "settings.toml").write_text(
        '[[target]]\nindicator = "CP-05"\nvalue = 75\ntolerance = 5\nfrom = 2013-04-01\n'
        'set_by = "The board"\n',
        "utf-8",
    )
    assert total(loaded.json("figures", "--indicator", "CP-05", "--json"), "CP-05")["target"] == 75


def test_reports_are_written(loaded, tmp_path: Path):
    outputs = [tmp_path / f"report{ending}" for ending in (".html", ".xlsx", ".pdf")]
    said = loaded.json("report", "--json", *(word for path in outputs for word in ("-o", path)))
    assert said == {"files": [str(path) for path in outputs]}
    assert [path.read_bytes()[:4] for path in outputs] == [b"<!do", b"PK\x03\x04", b"%PDF"]


def test_a_pack_is_of_one_district_and_says_so(run, census_2016, tmp_path: Path):
    places = tmp_path / "places.csv"
    places.write_text("kind,place,district\nchild,Ann1,Redditch\n", "utf-8")
    run("load", census_2016, "--places", places, "--authority", "885")
    output = tmp_path / "pack.html"
    run.json("report", "--json", "-o", output, "--within", "district=Redditch")
    page = output.read_text("utf-8")
    assert "<h1>Children&#39;s safeguarding: District Redditch, Worcestershire</h1>" in page
    assert "This report is of the district Redditch alone" in page
    assert "The whole authority" in page
