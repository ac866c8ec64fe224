"""What a finding is about and whose it is: its return, record, child, team and worker."""

from dataclasses import replace
from pathlib import Path

from quality.returns import ANNEX_A, CENSUS, Tables, with_cell, write_workbook
from sightline.intake.load import load
from sightline.quality.check import CheckReport, PlacedFinding
from sightline.quality.kept_check import whole_check
from sightline.quality.whose import BETWEEN, CHECKED, NOT_KNOWN, names_in
from sightline.store.snapshots import Store

# An assessment without an end, which is a query (8670Q) at the end of the year.
OPEN_ASSESSMENT = CENSUS.replace(
    "<AssessmentAuthorisationDate>2015-06-30</AssessmentAuthorisationDate>\n", ""
)
NO_ETHNICITY = CENSUS.replace("<Ethnicity>WBRI</Ethnicity>\n", "")


def checked(folder: Path, *paths: Path) -> CheckReport:
    load(paths, Store(folder / "store"))
    return whole_check(Store(folder / "store").current())


def census(folder: Path, text: str) -> Path:
    path = folder / "census.xml"
    path.write_text(text, "utf-8")
    return path


def only(report: CheckReport, code: str, file_format: str = "cin") -> PlacedFinding:
    (found,) = (e for e in report.findings if (e.code, e.format) == (code, file_format))
    return found


def test_a_finding_tells_its_return_and_record(tmp_path: Path) -> None:
    report = checked(tmp_path, census(tmp_path, OPEN_ASSESSMENT))
    found = only(report, "8670Q")
    assert (found.child_id, found.return_end, found.record) == ("Ann1", "2016-03-31", "2015-06-01")
    assert report.found.schema == CHECKED


def test_the_key_of_a_record_is_told_in_full(tmp_path: Path) -> None:
    late = CENSUS.replace("2016-03-08</CPPreviewDate>", "2016-05-01</CPPreviewDate>")
    found = only(checked(tmp_path, census(tmp_path, late)), "F-cp-review")
    assert found.record == BETWEEN.join(["2015-06-23", "2016-05-01"])


def test_without_any_team_in_the_files_it_is_not_known_and_the_finding_stays(
    tmp_path: Path,
) -> None:
    found = only(checked(tmp_path, census(tmp_path, OPEN_ASSESSMENT)), "8670Q")
    assert (found.team, found.worker) == (NOT_KNOWN, NOT_KNOWN) == ("Not known", "Not known")


def test_the_team_is_that_of_the_row(tmp_path: Path) -> None:
    lists = with_cell(
        ANNEX_A, "List 4", 3, "Continuous Assessment Date of Authorisation", "01/08/2015"
    )
    lists = with_cell(lists, "List 4", 3, "Allocated Team", "South")
    lists = with_cell(lists, "List 4", 3, "Allocated Worker", "W7")
    report = checked(tmp_path, write_workbook(tmp_path / "a.xlsx", lists))
    found = only(report, "8608", "annex_a")
    assert (found.child_id, found.place, found.team, found.worker) == (
        "Ben2",
        "List 4!I3",
        "South",
        "W7",
    )


def test_a_census_record_has_the_team_that_another_format_gives_it(tmp_path: Path) -> None:
    # The assessment of 1 June 2015 is in both; the plan's team is another.
    lists = with_cell(ANNEX_A, "List 4", 2, "Allocated Team", "West")
    lists = with_cell(lists, "List 4", 2, "Allocated Worker", "W3")
    book = write_workbook(tmp_path / "a.xlsx", lists)
    report = checked(tmp_path, book, census(tmp_path, OPEN_ASSESSMENT))
    found = only(report, "8670Q")
    assert (found.team, found.worker) == ("West", "W3")


def plans(*rows: tuple[str, str, str, str, str]) -> Tables:
    """Annex A's plans of Ann1: start, end, team, worker of each."""
    head, row = ANNEX_A["List 7"]
    made = []
    for start, end, team, worker, child in rows:
        cells = dict(zip(head, row, strict=True)) | {
            "Child Unique ID": child,
            "Child Protection Plan Start Date": start,
            "Child Protection Plan End Date": end,
            "Allocated Team": team,
            "Allocated Worker": worker,
        }
        made.append([cells[name] for name in head])
    return {"List 1": ANNEX_A["List 1"], "List 7": [head, *made]}


def whose_child(tmp_path: Path, lists: Tables) -> tuple[str, str]:
    """Whose the missing ethnicity of Ann1 in the census is."""
    book = write_workbook(tmp_path / "a.xlsx", lists)
    found = only(checked(tmp_path, book, census(tmp_path, NO_ETHNICITY)), "4220")
    return found.team, found.worker


def test_else_the_team_is_that_of_the_open_work_that_began_last(tmp_path: Path) -> None:
    lists = plans(
        ("01/02/2015", "", "Early", "W1", "Ann1"),
        ("03/07/2015", "", "Late", "W2", "Ann1"),
        ("01/08/2015", "01/09/2015", "Closed", "W3", "Ann1"),
        ("02/08/2015", "", "Another child's", "W4", "Ben2"),
    )
    assert whose_child(tmp_path, lists) == ("Late", "W2")


def test_closed_work_tells_no_team(tmp_path: Path) -> None:
    lists = plans(("01/08/2015", "01/09/2015", "Closed", "W3", "Ann1"))
    assert whose_child(tmp_path, lists) == (NOT_KNOWN, NOT_KNOWN)


def test_a_worker_is_not_put_to_another_workers_team(tmp_path: Path) -> None:
    # The row of the assessment names a team and no worker: the plan's worker is of another team.
    lists = with_cell(
        ANNEX_A, "List 4", 2, "Continuous Assessment Date of Authorisation", "01/05/2015"
    )
    lists = with_cell(lists, "List 4", 2, "Allocated Worker", "")
    apart = with_cell(lists, "List 7", 2, "Allocated Team", "South")
    for number, (tables, worker) in enumerate([(lists, "W1"), (apart, NOT_KNOWN)]):
        folder = tmp_path / str(number)
        folder.mkdir()
        # The list leaves an assessment without an end for the open work: only the plan is that.
        report = checked(folder, write_workbook(folder / "a.xlsx", tables))
        found = only(report, "8608", "annex_a")
        assert (found.team, found.worker) == ("North", worker)


def test_a_finding_of_reading_tells_its_child_and_record(tmp_path: Path) -> None:
    text = CENSUS.replace(
        "<AssessmentAuthorisationDate>2015-06-30<", "<AssessmentAuthorisationDate>2015-06-31<"
    )
    book = write_workbook(tmp_path / "a.xlsx", ANNEX_A)
    found = only(checked(tmp_path, book, census(tmp_path, text)), "impossible-date")
    assert (found.child_id, found.record, found.return_end) == ("Ann1", "2015-06-01", "2016-03-31")
    assert (found.team, found.worker) == ("North", "W1")


TWO = CENSUS.replace(
    "</Child>\n</Children>",
    "</Child>\n<Child><ChildIdentifiers><LAchildID>Ben2</LAchildID>"
    "<PersonBirthDate>2010-06-02</PersonBirthDate><GenderCurrent>1</GenderCurrent>"
    "</ChildIdentifiers><ChildCharacteristics></ChildCharacteristics></Child>\n</Children>",
)


def test_in_a_file_of_one_line_children_are_not_taken_for_each_other(tmp_path: Path) -> None:
    wrong = TWO.replace(
        "<AssessmentAuthorisationDate>2015-06-30<", "<AssessmentAuthorisationDate>x<"
    )
    report = checked(tmp_path, census(tmp_path, wrong.replace("\n", "")))
    assert {each.place for each in report.findings} == {"line 1"}
    assert only(report, "4220").child_id == "Ben2"
    assert only(report, "8670Q").record == "2015-06-01"


def test_the_name_of_a_finding_is_the_same_wherever_it_stands(tmp_path: Path) -> None:
    first = only(checked(tmp_path, census(tmp_path, OPEN_ASSESSMENT)), "8670Q")
    moved = OPEN_ASSESSMENT.replace("<Assessments>", "\n\n<Assessments>")
    again = only(checked(tmp_path, census(tmp_path, moved)), "8670Q")
    assert first.place != again.place
    assert replace(again, place=first.place) == first
    other = OPEN_ASSESSMENT.replace("StartDate>2015-06-01</Ass", "StartDate>2015-06-03</Ass")
    assert only(checked(tmp_path, census(tmp_path, other)), "8670Q").id != first.id


def test_the_names_of_teams_and_workers_are_those_of_all_records(tmp_path: Path) -> None:
    lists = with_cell(ANNEX_A, "List 7", 2, "Allocated Team", "South")
    load([write_workbook(tmp_path / "a.xlsx", lists)], Store(tmp_path / "store"))
    snapshot = Store(tmp_path / "store").current()
    assert names_in(snapshot, "team") == ["North", "South", NOT_KNOWN]
    assert names_in(snapshot, "worker") == ["W1", NOT_KNOWN]
