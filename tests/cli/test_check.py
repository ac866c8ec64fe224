"""`sightline check` and `sightline notes` as they are used: whose, since when, lists, exit codes, notes."""

import csv
import errno
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

import sightline.quality.snapshot_check
from quality.drawn import rule_of
from quality.returns import ANNEX_A, CENSUS, Tables, with_cell, write_workbook
from sightline import cli
from sightline.present import sheets
from sightline.quality import kept_check
from sightline.quality.rule import Rule, rules_of_records

Run = Callable[..., Result]

OPEN_ASSESSMENT = CENSUS.replace(
    "<AssessmentAuthorisationDate>2015-06-30</AssessmentAuthorisationDate>\n", ""
)
NO_ETHNICITY = CENSUS.replace("<Ethnicity>WBRI</Ethnicity>\n", "")
BOTH_WRONG = NO_ETHNICITY.replace(
    "<AssessmentAuthorisationDate>2015-06-30</AssessmentAuthorisationDate>\n", ""
)


def two_teams() -> Tables:
    """Annex A with two assessments that end before they start, of two teams, one worker not given."""
    lists = ANNEX_A
    for line, team, worker in ((2, "North", "W1"), (3, "=South()", "")):
        day = "Continuous Assessment Date of Authorisation"
        lists = with_cell(lists, "List 4", line, day, "01/05/2015")
        lists = with_cell(lists, "List 4", line, "Allocated Team", team)
        lists = with_cell(lists, "List 4", line, "Allocated Worker", worker)
    return {name: lists[name] for name in ("List 1", "List 4")}


@pytest.fixture
def census(tmp_path: Path, run: Any) -> Callable[[str], None]:
    """Load a text of the census."""

    def load(text: str) -> None:
        path = tmp_path / "census.xml"
        path.write_text(text, "utf-8")
        run("load", path)

    return load


@pytest.fixture
def teams(tmp_path: Path, run: Any) -> Any:
    """`run`, with the two teams' lists loaded."""
    run("load", write_workbook(tmp_path / "a.xlsx", two_teams()))
    return run


def finding_of(run: Any, code: str) -> str:
    (found,) = run.json("check", "--json", "--rule", code)["findings"]
    return str(found["finding"])


def listed(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout)))


# -- whose ----------------------------------------------------------------------------------


def test_findings_are_counted_by_team_and_those_not_known_are_not_dropped(teams: Any) -> None:
    summary = teams.json("check", "--json", "--rule", "8608", "--by", "team")["summary"]
    assert [(e["group"], e["errors"], e["queries"], e["children"]) for e in summary] == [
        ("=South()", 1, 0, 1),
        ("North", 1, 0, 1),
    ]
    workers = teams.json("check", "--json", "--rule", "8608", "--by", "worker")["summary"]
    assert {e["group"]: e["errors"] for e in workers} == {"Not known": 1, "W1": 1}
    everything = teams.json("check", "--json", "--by", "team")
    assert sum(e["errors"] + e["queries"] for e in everything["summary"]) == len(
        everything["findings"]
    )


def test_findings_are_counted_by_rule_and_by_severity(teams: Any) -> None:
    said = teams.json("check", "--json", "--by", "severity")
    by_rule = teams.json("check", "--json", "--by", "rule")["summary"]
    severity = {rule["code"]: rule["severity"] for rule in said["rules"]}
    assert {e["group"]: (e["errors"], e["queries"]) for e in by_rule}["8608"] == (2, 0)
    for group in said["summary"]:
        number = sum(severity[each["code"]] == group["group"] for each in said["findings"])
        assert group["errors"] + group["queries"] == number


def test_only_one_teams_findings(teams: Any) -> None:
    for name in ("North", "north"):
        said = teams.json("check", "--json", "--team", name)
        assert {each["team"] for each in said["findings"]} == {"North"}
        assert {r["code"]: r["findings"] for r in said["rules"]}["8608"] == 1
    of_worker = teams.json("check", "--json", "--worker", "W1", "--severity", "error")["findings"]
    assert [(each["child"], each["code"]) for each in of_worker] == [("Ann1", "8608")]
    unknown = teams.json("check", "--json", "--worker", "Not known", "--rule", "8608")["findings"]
    assert [each["child"] for each in unknown] == ["Ben2"]


def test_a_team_that_no_record_names_is_refused_as_it_would_look_clean(teams: Any) -> None:
    result = teams("check", "--team", "Nroth", code=2)
    assert "the records name no team Nroth. They name: =South(), North, Not known." in result.stderr


def test_a_rule_that_is_clean_for_a_team_is_said_to_be_clean(tmp_path: Path, run: Any) -> None:
    lists = with_cell(
        two_teams(), "List 4", 3, "Continuous Assessment Date of Authorisation", "15/09/2015"
    )
    run("load", write_workbook(tmp_path / "a.xlsx", lists))
    for team, outcome in (("North", "findings"), ("=South()", "clean")):
        said = run.json("check", "--json", "--team", team)
        assert {r["code"]: r["outcome"] for r in said["rules"]}["8608"] == outcome


# -- trend ----------------------------------------------------------------------------------


def test_the_trend_since_the_snapshot_before(run: Any, census: Callable[[str], None]) -> None:
    census(BOTH_WRONG)
    census(OPEN_ASSESSMENT)
    said = run.json(
        "check", "--json", "--trend", "--rule", "4220", "--rule", "8670Q", "--by", "rule"
    )
    assert [(each["code"], each["trend"]) for each in said["findings"]] == [
        ("8670Q", "still there")
    ]
    assert [(each["code"], each["trend"]) for each in said["gone"]] == [("4220", "mended")]
    counted = {
        each["group"]: (each["new"], each["still there"], each["mended"])
        for each in said["summary"]
    }
    assert counted == {"4220": (0, 0, 1), "8670Q": (0, 1, 0)}
    shown = run("check", "--trend").stdout
    assert "0 new, " in shown
    assert "No longer found" in shown


def test_the_trend_since_a_snapshot_that_is_named(run: Any, census: Callable[[str], None]) -> None:
    census(CENSUS)
    first = run.json("snapshots", "list", "--json")[0]["snapshot"]
    census(NO_ETHNICITY)
    census(BOTH_WRONG)
    said = run.json("check", "--json", "--since", first, "--rule", "4220")
    assert said["since"] == first
    assert [each["trend"] for each in said["findings"]] == ["new"]
    assert [
        e["trend"] for e in run.json("check", "--json", "--trend", "--rule", "4220")["findings"]
    ] == ["still there"]
    # The command line gives this sentence, and exit code 2 (see `cli.main`).
    assert "there is no snapshot nowhere" in str(
        run("check", "--since", "nowhere", code=1).exception
    )


def test_the_first_snapshot_has_no_trend(run: Any, census: Callable[[str], None]) -> None:
    census(NO_ETHNICITY)
    assert "is the first snapshot" in run("check", "--trend", code=2).stderr
    rows = listed(run("check", "--format", "csv", "--rule", "4220"))
    assert [row["trend"] for row in rows] == [""]


def test_a_check_that_is_kept_is_used_for_the_trend(
    run: Any, census: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    census(NO_ETHNICITY)
    run("check")
    census(CENSUS)
    told: list[str] = []
    real = kept_check.check_snapshot

    def counted(snapshot: Any, *args: Any, **options: Any) -> Any:
        told.append(snapshot.id)
        return real(snapshot, *args, **options)

    monkeypatch.setattr(kept_check, "check_snapshot", counted)
    said = run.json("check", "--json", "--trend")
    assert told == [said["snapshot"]]
    run("check", "--trend")
    assert told == [said["snapshot"]]


# -- lists ----------------------------------------------------------------------------------


def test_the_list_has_a_row_for_each_place(run: Any, census: Callable[[str], None]) -> None:
    census(NO_ETHNICITY)
    census(BOTH_WRONG)
    rows = {row["code"]: row for row in listed(run("check", "--format", "csv"))}
    row = rows["8670Q"]
    official = next(r for r in rules_of_records() if r.code == "8670Q").official
    assert {name: row[name] for name in row if name not in ("file", "message", "finding")} == {
        "code": "8670Q",
        "severity": "query",
        "module": "Assessments",
        "rule": "Assessment open for more than 45 working days",
        "official": official,
        "format": "cin",
        "return": "2016-03-31",
        "place": row["place"],
        "column": "authorisation_date",
        "value": "",
        "child": "Ann1",
        "record": "2015-06-01",
        "team": "Not known",
        "worker": "Not known",
        "trend": "new",
        "note": "",
        "note_holds": "",
    }
    assert row["place"].startswith("line ")
    assert rows["4220"]["trend"] == "still there"


def test_the_list_is_written_as_csv_and_with_trend_has_what_was_mended(
    run: Any, census: Callable[[str], None], tmp_path: Path
) -> None:
    census(BOTH_WRONG)
    census(OPEN_ASSESSMENT)
    path = tmp_path / "list.csv"
    run("check", "-o", path, "--rule", "4220", "--rule", "8670Q")
    assert (
        path.read_text("utf-8")
        == run("check", "--format", "csv", "--rule", "4220", "--rule", "8670Q").stdout
    )
    run("check", "-o", path, "--trend", "--rule", "4220", "--rule", "8670Q")
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    assert [(row["code"], row["trend"]) for row in rows] == [
        ("8670Q", "still there"),
        ("4220", "mended"),
    ]


def test_a_summary_is_written_as_csv(teams: Any) -> None:
    rows = listed(teams("check", "--by", "team", "--rule", "8608", "--format", "csv"))
    assert rows == [
        {"team": "'=South()", "errors": "1", "queries": "0", "children": "1"},
        {"team": "North", "errors": "1", "queries": "0", "children": "1"},
    ]


def table(book: CalamineWorkbook, name: str) -> list[dict[str, Any]]:
    head, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)[sheets.HEAD_ROW :]
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_workbook_has_a_summary_and_the_rows(
    run: Any, census: Callable[[str], None], tmp_path: Path
) -> None:
    census(BOTH_WRONG)
    census(OPEN_ASSESSMENT)
    run("notes", "add", finding_of(run, "8670Q"), "--author", "Zoë", "--reason", "=agreed()")
    path = tmp_path / "list.xlsx"
    run("check", "-o", path)
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == [
        "Read me",
        "Rules",
        "Teams",
        "Workers",
        "Findings",
        "Noted",
        "No longer found",
        "Not checked",
    ]
    every = run.json("check", "--json")["findings"]
    rules = {row["Code"]: row for row in table(book, "Rules")}
    assert (rules["8670Q"]["Queries"], rules["8670Q"]["Noted"]) == (0, 1)
    assert (rules["4220"]["Errors"], rules["4220"]["Mended"]) == (0, 1)
    (noted,) = table(book, "Noted")
    assert (noted["Code"], noted["Child"], noted["Note holds"]) == ("8670Q", "Ann1", "noted")
    assert noted["Reviewer's note"].startswith("=agreed() (Zoë, ")
    assert [row["Code"] for row in table(book, "No longer found")].count("4220") == 1
    found = [row["Code"] for row in table(book, "Findings") if row["Code"] != "None"]
    assert sorted([*found, "8670Q"]) == sorted(each["code"] for each in every)
    assert len(table(book, "Not checked")) == sum(
        rule["outcome"] == "could not run" for rule in run.json("check", "--json")["rules"]
    )


def test_a_list_of_another_kind_or_without_its_folder_is_refused(
    loaded: Any, tmp_path: Path
) -> None:
    assert "ends in none of .csv, .xlsx" in loaded("check", "-o", tmp_path / "a.pdf", code=2).stderr
    gone = tmp_path / "none" / "a.csv"
    assert "there is no folder" in loaded("check", "-o", gone, code=2).stderr


# -- exit codes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "on_error", "on_query"),
    [(CENSUS, 0, 0), (OPEN_ASSESSMENT, 0, 3), (NO_ETHNICITY, 3, 3)],
    ids=["clean", "a query", "an error"],
)
def test_the_exit_code_says_what_was_found(
    run: Any, census: Callable[[str], None], text: str, on_error: int, on_query: int
) -> None:
    census(text)
    rules = ["--rule", "4220", "--rule", "8670Q"]
    run("check", *rules, code=0)
    run("check", *rules, "--fail-on", "never", code=0)
    run("check", *rules, "--fail-on", "error", code=on_error)
    run("check", *rules, "--fail-on", "query", code=on_query)
    run("check", *rules, "--fail-on", "query", "--json", code=on_query)


def test_the_exit_code_is_about_the_findings_asked_for(
    run: Any, census: Callable[[str], None]
) -> None:
    census(NO_ETHNICITY)
    run("check", "--rule", "8670Q", "--fail-on", "query", code=0)
    run("check", "--severity", "query", "--rule", "4220", "--fail-on", "error", code=0)


def with_rule(monkeypatch: pytest.MonkeyPatch, rule: Rule) -> None:
    """Have a rule beside a few of those there are."""
    few = (*rules_of_records()[::20], rule_of("4220"), rule)
    monkeypatch.setattr(
        sightline.quality.snapshot_check, "rules_of_records", lambda: tuple(dict.fromkeys(few))
    )


def test_a_rule_that_failed_is_said_and_is_exit_code_1_whatever_is_asked(
    run: Any,
    census: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    census(CENSUS)
    census(NO_ETHNICITY)
    run("check", "--trend")  # both checks are kept
    broken = replace(
        rule_of("8608"), code="BROKEN", of="", records=(), sql="SELECT no FROM nowhere"
    )
    with_rule(monkeypatch, broken)
    asked = ("", "--by rule --format csv", "--trend", "--severity query --quiet", "-o LIST")
    for words in asked:
        listed = [str(tmp_path / "list.xlsx") if w == "LIST" else w for w in words.split()]
        result = run("check", *listed, code=1)
        assert "failed" in result.output, words
        if "--rule" not in words and "--severity" not in words:
            assert "BROKEN" in result.output, words
    said = run.json("check", "--json", code=1)
    outcomes = {rule["code"]: rule["outcome"] for rule in said["rules"]}
    assert outcomes["BROKEN"] == "failed"
    assert outcomes["4220"] == "findings", "the others still run"


def test_the_help_says_the_exit_codes(run: Any) -> None:
    said = run("check", "--help").stdout
    for line in ("0   checked", "1   a rule failed", "2   the store", "3   with --fail-on error"):
        assert line in said


# -- notes ----------------------------------------------------------------------------------


def test_a_noted_query_is_shown_apart_and_fails_nothing(
    run: Any, census: Callable[[str], None]
) -> None:
    census(OPEN_ASSESSMENT)
    finding = finding_of(run, "8670Q")
    said = run(
        "notes", "add", finding, "--author", "A. Analyst", "--reason", "Family abroad"
    ).stdout
    assert said == f"Noted: 8670Q of child Ann1 ({finding}).\n"
    run("check", "--rule", "8670Q", "--fail-on", "query", code=0)
    shown = run("check", "--rule", "8670Q").stdout
    assert "Noted as right" in shown
    assert "Family abroad (A. Analyst" in shown
    assert shown.count("has no end") == 0, "it stands in no other list"
    (row,) = run.json("check", "--json", "--rule", "8670Q")["findings"]
    assert (row["note_holds"], row["finding"]) == ("noted", finding)
    summary = run.json("check", "--json", "--rule", "8670Q", "--by", "rule")["summary"]
    assert [(e["queries"], e["noted"]) for e in summary] == [(0, 1)]


def test_a_note_that_lapsed_is_said_and_counts_again(
    run: Any, census: Callable[[str], None]
) -> None:
    census(OPEN_ASSESSMENT)
    run("notes", "add", finding_of(run, "8670Q"), "--author", "A", "--reason", "Checked")
    later = OPEN_ASSESSMENT.replace("2016-03-31", "2017-03-31").replace("<Year>2016", "<Year>2017")
    census(later)
    shown = run("check", "--rule", "8670Q", "--fail-on", "query", code=3).stdout
    assert "Notes that lapsed, as the values they rest on have changed: check again" in shown
    (note,) = run.json("notes", "list", "--json")
    assert note["state"] == "lapsed"
    found = run.json("check", "--json", "--rule", "8670Q")["findings"]
    assert [each["note_holds"] for each in found] == ["noted", "lapsed"]


def test_an_error_cannot_be_noted_away(run: Any, census: Callable[[str], None]) -> None:
    census(BOTH_WRONG)
    both = [finding_of(run, "8670Q"), finding_of(run, "4220")]
    words = ["--author", "A", "--reason", "B"]
    result = run("notes", "add", *both, *words, code=2)
    assert "An error is to be mended and cannot be noted away: 4220." in result.stderr
    assert run.json("notes", "list", "--json") == [], "nor is the query beside it noted"
    assert "There is no finding nothing" in run("notes", "add", "nothing", *words, code=2).stderr
    assert (
        "is empty" in run("notes", "add", both[0], "--author", "A", "--reason", " ", code=2).stderr
    )
    assert (
        "Missing option '--author'" in run("notes", "add", both[0], "--reason", "B", code=2).stderr
    )


def test_a_note_is_withdrawn_and_its_history_kept(run: Any, census: Callable[[str], None]) -> None:
    census(OPEN_ASSESSMENT)
    finding = finding_of(run, "8670Q")
    run("notes", "add", finding, "--author", "A", "--reason", "Checked")
    run("notes", "withdraw", finding, "--author", "B", "--reason", "Wrong child")
    assert run.json("notes", "list", "--json") == []
    history = run.json("notes", "list", "--all", "--json")
    assert [(e["what"], e["author"], e["reason"], e["state"]) for e in history] == [
        ("noted", "A", "Checked", "replaced or withdrawn"),
        ("withdrawn", "B", "Wrong child", "withdrawn"),
    ]
    run("check", "--rule", "8670Q", "--fail-on", "query", code=3)
    words = ["--author", "A", "--reason", "B"]
    assert "There is no note on" in run("notes", "withdraw", finding, *words, code=2).stderr


def test_undo_takes_no_note_away(run: Any, census: Callable[[str], None]) -> None:
    census(OPEN_ASSESSMENT)
    census(BOTH_WRONG)
    run("notes", "add", finding_of(run, "8670Q"), "--author", "A", "--reason", "Checked")
    run("snapshots", "undo")
    (note,) = run.json("notes", "list", "--json")
    assert note["state"] == "holds"


def test_a_line_of_notes_that_cannot_be_read_is_said(
    run: Any, census: Callable[[str], None]
) -> None:
    census(OPEN_ASSESSMENT)
    (run.store / "notes.jsonl").write_text("{cut short\n")
    assert "1 line of the file of notes cannot be read" in run("check").stderr
    assert json.loads(run("check", "--json").stdout)["findings"]


@pytest.mark.parametrize("reason", ["", " ", "\u200b", "a\x1b[2Jb", "caf\udce9"])
def test_a_note_says_something_in_signs_that_can_be_kept(
    run: Any, census: Callable[[str], None], reason: str
) -> None:
    census(OPEN_ASSESSMENT)
    finding = finding_of(run, "8670Q")
    result = run("notes", "add", finding, "--author", "A", "--reason", reason, code=2)
    assert "Invalid value for --reason" in result.output
    assert not (run.store / "notes.jsonl").exists()


def test_a_rule_is_asked_for_in_capitals_or_not(run: Any, census: Callable[[str], None]) -> None:
    census(OPEN_ASSESSMENT)
    assert run.json("check", "--json", "--rule", "8670q") == run.json(
        "check", "--json", "--rule", "8670Q"
    )
    assert "there is no rule 8670z" in run("check", "--rule", "8670z", code=2).output


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_a_list_that_cannot_be_written_is_said_by_its_own_name(
    run: Any,
    census: Callable[[str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    census(OPEN_ASSESSMENT)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    words = ["check", "-o", str(tmp_path / name), "--store", str(run.store)]
    result = CliRunner().invoke(cli.group, words)
    assert isinstance(result.exception, OSError)
    assert result.exception.filename == str(tmp_path / name)
    assert not list(tmp_path.glob("*list*"))
