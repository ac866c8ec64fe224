"""The check as a whole: outcomes, places, and that nothing is swallowed."""

import ast
import csv
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import sightline.intake
import sightline.quality.snapshot_check
from practice.example import connect, parse_records
from quality.drawn import CENSUS, EVERY_FIELD, Example, rule_of
from quality.returns import (
    ANNEX_A,
    LOOKED_AFTER,
    WHOLE_ANNEX_A,
    check,
    write,
    write_workbook,
)
from quality.returns import CENSUS as CENSUS_FILE
from sightline.cli import group
from sightline.intake.load import load
from sightline.quality.check import FOUND, Outcome, PlacedFinding, run_rules
from sightline.quality.holding import FilePart, Holding, files_needed, holding_of
from sightline.quality.reading import found_reading, reading_rules
from sightline.quality.rule import Rule, rules, rules_of_return
from sightline.store.snapshots import Store

BROKEN = {
    "a column that is not there": "SELECT child_id, file, sheet, line, colour AS value FROM child",
    "a table that is not there": "SELECT child_id, file, sheet, line, '' AS value FROM castle",
    "a column too few": "SELECT child_id, file, sheet, line FROM child",
    "an error at one row": "SELECT child_id, file, sheet, line, "
    "CAST(CAST(child_id AS DATE) AS VARCHAR) AS value FROM child",
    "no SQL": "SELEC child_id",
}
"""Ways in which a rule can be wrong."""

CHILDREN = """
    child
    child_id | birth_date | sex | ethnicity
    Ann      | 2010-01-01 |     | WBRI
    Ben      | 2010-01-01 | M   |
"""


def holding(*parts: FilePart, fields: frozenset[str] = EVERY_FIELD) -> Holding:
    return Holding(fields, parts, (CENSUS,))


# -- a rule that fails ----------------------------------------------------------------------


@pytest.mark.parametrize("sql", BROKEN.values(), ids=BROKEN.keys())
def test_a_rule_that_raises_is_failed_and_the_others_still_run(sql: str) -> None:
    broken = replace(rule_of("4180"), code="BROKEN", sql=sql)
    chosen = [rule_of("4180"), broken, rule_of("4220")]
    report = run_rules(connect(parse_records(CHILDREN)), holding(), chosen, year=2016)
    assert [rule.outcome for rule in report.rules] == [
        Outcome.FINDINGS,
        Outcome.FAILED,
        Outcome.FINDINGS,
    ]
    assert [each.child_id for each in report.findings] == ["Ann", "Ben"]
    assert report.rules[1].reason
    assert report.rules[1].findings == 0
    assert report.any_failed


def test_no_rule_fails_on_tables_without_rows() -> None:
    report = run_rules(connect({}), holding(), rules(), year=2016)
    assert {rule.outcome for rule in report.rules} == {Outcome.CLEAN}
    assert not report.any_failed
    assert report.found.schema == FOUND
    assert report.findings == ()


def test_the_command_exits_1_if_a_rule_failed_and_0_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "census.xml"
    file.write_text(CENSUS_FILE.replace("<Ethnicity>WBRI</Ethnicity>", ""), "utf-8")
    load([file], Store(tmp_path / "store"))

    def run() -> tuple[int, dict[str, str], list[dict[str, str]]]:
        words = ["check", "--store", str(tmp_path / "store"), "--json"]
        result = CliRunner().invoke(group, words)
        said = json.loads(result.stdout)
        return (
            result.exit_code,
            {rule["code"]: rule["outcome"] for rule in said["rules"]},
            said["findings"],
        )

    code, outcomes, findings = run()
    assert code == 0, "a finding is a fault of the data, not of the check"
    assert outcomes["4220"] == "findings"
    assert [(each["code"], each["place"], each["column"]) for each in findings] == [
        ("4220", "line 9", "ethnicity")
    ]

    def with_a_broken_one(file_format: str, year: int) -> tuple[Rule, ...]:
        broken = replace(rule_of("1103"), code="BROKEN", sql=BROKEN["no SQL"])
        return (broken, *rules_of_return(file_format, year))

    monkeypatch.setattr(sightline.quality.snapshot_check, "rules_of_return", with_a_broken_one)
    code, broken_outcomes, broken_findings = run()
    assert code == 1
    assert broken_outcomes == outcomes | {"BROKEN": "failed"}
    assert broken_findings == findings


def test_the_command_shows_the_first_findings_of_each_rule_and_all_of_one(tmp_path: Path) -> None:
    rows = [[f"Kid{n}", "", "01/05/2008", "", "", "", ""] for n in range(5)]
    tables = {"Header": [*LOOKED_AFTER["Header"], *rows], "Episodes": LOOKED_AFTER["Episodes"]}
    load(write(tmp_path, tables), Store(tmp_path / "store"))

    def run(*words: str) -> str:
        arguments = ["check", "--store", str(tmp_path / "store"), *words]
        result = CliRunner().invoke(group, arguments, env={"COLUMNS": "200"})
        assert result.exit_code == 0
        return result.stdout

    every = run()
    assert every.count("Give the child's sex") == every.count("Give one of the ethnicity") == 3
    assert "The first findings of each" in every
    number = len(json.loads(run("--json"))["findings"])
    assert f"({number} in all)" in every
    assert "add `--format csv`" in every
    one = run("--rule", "4180")
    assert one.count("Give the child's sex") == 5
    assert "ethnicity" not in one
    as_csv = run("--format", "csv").splitlines()
    assert as_csv[0] == (
        "code,severity,module,rule,message,official,format,return,file,place,column,value,child,"
        "record,team,worker,trend,note,note_holds,finding"
    )
    assert len(as_csv) == number + 1
    line = next(line for line in as_csv if line.startswith("4220,"))
    first = dict(zip(as_csv[0].split(","), next(csv.reader([line])), strict=True))
    assert (first["code"], first["severity"], first["child"]) == ("4220", "error", "Kid0")
    assert first["rule"] == "Ethnicity is missing or not a known code"


# -- a rule that could not run --------------------------------------------------------------


def test_a_rule_whose_file_is_not_loaded_could_not_run_and_says_which_is_needed(
    tmp_path: Path,
) -> None:
    report = check(tmp_path, *write(tmp_path, ANNEX_A))
    by_code = {rule.code: rule for rule in report.rules}
    assert by_code["8925"].outcome is Outcome.CLEAN
    # The format is loaded, but not the list.
    assert by_code["2885"].outcome is Outcome.COULD_NOT_RUN
    assert by_code["2885"].reason == (
        "It needs conference.conference_date, which no file loaded has; the CIN census "
        "(Section47, CINdetails), Annex A (list 5), the Standard Safeguarding Dataset "
        "(ssd_initial_cp_conference), the DfE daily API (section_47_assessments) or Sightline's own "
        "casework (conference) would give it."
    )
    assert by_code["E01"].reason == (
        "It needs early_help_episode.start_date, early_help_episode.end_date, which no file loaded "
        "has; Annex A (list 2) or the Standard Safeguarding Dataset (ssd_early_help_episodes) would "
        "give them."
    )
    assert not report.any_failed


def test_a_rule_whose_column_is_missing_from_the_file_could_not_run(tmp_path: Path) -> None:
    header, *rows = LOOKED_AFTER["Episodes"]
    place = header.index("REC")
    without = [[*row[:place], *row[place + 1 :]] for row in (header, *rows)]
    report = check(tmp_path, *write(tmp_path, {**LOOKED_AFTER, "Episodes": without}))
    by_code = {rule.code: rule for rule in report.rules}
    assert by_code["903-356"].outcome is Outcome.CLEAN
    assert by_code["903-148"].outcome is Outcome.COULD_NOT_RUN
    assert by_code["903-148"].reason.startswith("It needs care_episode.end_reason, which no file")


def test_every_rule_that_lacks_a_field_could_not_run() -> None:
    connection = connect({})
    for rule in rules():
        for field in rule.fields:
            lacking = holding(fields=EVERY_FIELD - {field})
            report = run_rules(connection, lacking, [rule])
            assert report.rules[0].outcome is Outcome.COULD_NOT_RUN
            assert field in report.rules[0].reason


def test_what_no_single_format_gives_is_said_so() -> None:
    assert files_needed(["care_outcome.convicted", "contact.contact_date"]) == (
        "It needs care_outcome.convicted, contact.contact_date, which no file loaded has, "
        "and no single format gives."
    )


# -- places ---------------------------------------------------------------------------------


def test_a_finding_points_at_its_row_among_several_returns_files_and_sheets() -> None:
    tables = parse_records("""
        cp_plan
        child_id | start_date | end_date   | source  | file  | sheet  | return_end
        Ann      | 2014-06-01 |            | cin     | c2015 |        | 2015-03-31
        Ann      | 2015-06-01 |            | cin     | c2016 |        | 2016-03-31
        Ben      | 2015-06-01 | 2015-05-01 | annex_a | book  | List 7 | 2016-03-31
        Cal      | 2015-06-01 | 2015-05-01 | annex_a | book  | Closed | 2016-03-31
        Dee      | 2015-06-01 | 2015-05-01 | ssd     | plans | plans  | 2016-03-31
    """)
    parts = (
        FilePart("c2015", "", "2015.xml", "cin"),
        FilePart("c2016", "", "2016.xml", "cin"),
        FilePart("book", "List 7", "lists.xlsx", "annex_a", in_workbook=True),
        FilePart("book", "Closed", "lists.xlsx", "annex_a", in_workbook=True),
        FilePart("plans", "plans", "ssd_cp_plans.csv", "ssd"),
    )
    report = run_rules(
        connect(tables), holding(*parts), [rule_of("8935"), rule_of("8925")], year=2016
    )
    assert [(e.code, e.child_id, e.format, e.file, e.place) for e in report.findings] == [
        ("8935", "Ann", "cin", "2015.xml", "line 1"),
        ("8935", "Ann", "cin", "2016.xml", "line 2"),
        ("8925", "Cal", "annex_a", "lists.xlsx", "Closed!4"),
        ("8925", "Ben", "annex_a", "lists.xlsx", "List 7!3"),
        ("8925", "Dee", "ssd", "ssd_cp_plans.csv", "line 5"),
    ]
    assert [rule.formats for rule in report.rules] == [("cin",), ("annex_a", "ssd")]


def test_the_same_child_in_two_years_keeps_each_years_line(tmp_path: Path) -> None:
    later = CENSUS_FILE.replace("2016-03-31", "2017-03-31").replace("<Year>2016", "<Year>2017")
    later = later.replace(
        "<CPPstartDate>2015-06-23</CPPstartDate>",
        "\n\n<CPPstartDate>2016-06-23</CPPstartDate>",
    ).replace("<DateOfInitialCPC>2015-06-23", "<DateOfInitialCPC>2016-06-23")
    for name, text in (("2016.xml", CENSUS_FILE), ("2017.xml", later)):
        (tmp_path / name).write_text(text, "utf-8")
    report = check(tmp_path, tmp_path / "2016.xml", tmp_path / "2017.xml")
    two_open = [(e.file, e.place) for e in report.findings if e.code == "8935"]
    line = CENSUS_FILE[: CENSUS_FILE.index("<ChildProtectionPlans>")].count("\n") + 1
    assert [(Path(file).name, place) for file, place in two_open] == [
        ("2016.xml", f"line {line}"),
        ("2017.xml", f"line {line}"),
    ]


def test_sheets_and_lines_are_written_as_the_readers_write_them(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "annex-a.xlsx",
        {
            **WHOLE_ANNEX_A,
            "List 4": [
                *ANNEX_A["List 4"],
                [*ANNEX_A["List 4"][1][:6], "02/08/2015", "perhaps", "01/08/2015", "", "", ""],
            ],
        },
    )
    report = check(tmp_path, path)
    assert [(each.code, each.place) for each in report.findings] == [
        ("not-a-boolean", "List 4!H4"),
        ("8608", "List 4!I4"),
    ]


def test_what_a_snapshot_holds_is_told_from_its_manifest(tmp_path: Path) -> None:
    load([write_workbook(tmp_path / "a.xlsx", ANNEX_A)], Store(tmp_path / "store"))
    manifest = Store(tmp_path / "store").current().manifest
    held = holding_of(manifest)
    assert held.formats == ("annex_a",)
    assert held.periods == (("annex_a", date(2015, 3, 16), date(2015, 9, 15)),)
    key = manifest.inputs[0].key
    path = str(tmp_path / "a.xlsx")
    assert {replace(each, letters=()) for each in held.parts} == {
        FilePart(key, name, path, "annex_a", in_workbook=True, part=name.removeprefix("List "))
        for name in ANNEX_A
    }
    letters = {each.sheet: dict(each.letters) for each in held.parts}
    assert letters["List 7"]["cp_plan.end_date"] == "M"
    assert letters["List 4"]["assessment.authorisation_date"] == "I"
    assert "cp_plan.end_date" in held.fields
    assert "cp_plan.referral_date" not in held.fields
    assert "conference.conference_date" not in held.fields


# -- the report -----------------------------------------------------------------------------


def test_a_report_can_be_cut_to_some_rules_and_to_the_first_findings() -> None:
    connection = connect(parse_records(CHILDREN))
    report = run_rules(connection, holding(), [rule_of("4180"), rule_of("4220")], year=2016)
    cut = report.of(["4220"])
    assert [rule.code for rule in cut.rules] == ["4220"]
    assert [each.child_id for each in cut.findings] == ["Ben"]
    assert report.listed(1) == report.findings[:1]
    assert report.findings[0] == PlacedFinding(
        code="4180",
        format="",
        file="",
        place="line 1",
        field="child.sex",
        value="",
        message="Give the child's sex as M, F or U.",
        child_id="Ann",
    )


def test_progress_is_told_after_each_rule() -> None:
    told: list[int] = []
    chosen = [rule_of("4180"), rule_of("4220"), rule_of("8630")]
    run_rules(connect({}), holding(), chosen, progress=lambda: told.append(1))
    assert told == [1, 1, 1]


# -- what is found while reading ------------------------------------------------------------

INTAKE = Path(sightline.intake.__file__).parent
_CODE = r"[a-z]+(?:-[a-z]+)*"
_NOT_CODES = re.compile(r"utf-\d.*|windows-.*")
_GIVES_CODES = {"Finding", "Reason", "_find", "_note", "_count", "place", "count"}
"""What the readers call with the code of a finding first."""


def codes_in(text: str) -> set[str]:
    """The codes of findings in a reader's source.

    These are the first words given to what makes findings, words with a hyphen, and in SQL what is
    named `code`.
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name in _GIVES_CODES and isinstance(first, ast.Constant):
                found.add(str(first.value))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= set(re.findall(rf"'({_CODE})' AS code", node.value))
            if re.fullmatch(rf"{_CODE}", node.value) and "-" in node.value:
                found.add(node.value)
    return {code for code in found if re.fullmatch(_CODE, code) and not _NOT_CODES.match(code)}


def test_every_code_that_reading_gives_has_its_severity_and_title() -> None:
    used = set().union(*(codes_in(path.read_text("utf-8")) for path in INTAKE.glob("*.py")))
    assert {"impossible-date", "placeholder", "duplicate-record", "unknown-part"} <= used
    assert used == set(reading_rules())


def test_the_list_of_what_reading_finds_is_sound() -> None:
    listed = reading_rules().values()
    assert {each.severity for each in listed} == {"error", "query"}
    assert len({each.title for each in listed}) == len(listed)
    assert not {each.code for each in listed} & {rule.code for rule in rules()}
    severity = {each.code: each.severity for each in listed}
    for lost in ("unreadable-date", "impossible-date", "not-a-number", "row-without-key"):
        assert severity[lost] == "error", "a value that was given is lost"
    for kept in ("other-spelling", "code-of-another-year", "unknown-part"):
        assert severity[kept] == "query", "no figure changes"


def test_a_code_that_the_list_lacks_is_still_shown() -> None:
    new: dict[str, object] = {
        "code": "new-code",
        "format": "cin",
        "file": "c.xml",
        "place": "line 7",
        "table_name": "child",
        "column_name": "sex",
        "value": "x",
        "message": "It is new.",
        "line": 7,
        "file_key": "abc",
    }
    connection = connect({"finding": [new]})
    results, found = found_reading(connection, ["cin"])
    result = next(rule for rule in results if rule.code == "new-code")
    assert (result.severity, result.outcome, result.findings) == ("error", Outcome.FINDINGS, 1)
    assert found.select(["code", "place", "field"]).to_pylist() == [
        {"code": "new-code", "place": "line 7", "field": "child.sex"}
    ]


def test_a_drawn_example_that_is_wrong_is_noticed() -> None:
    """The examples themselves can fail: a row marked that the rule does not find."""
    example = Example("4180", "Wrong.", "child\nchild_id | sex | found\nAnn | M | yes")
    drawn = example.draw()
    _, findings = drawn.run(example.rule)
    assert findings == []
    assert drawn.expected == [("line 1", "Ann", "M")]
