"""A fault put into a file is found by the check of what was loaded: its rule, its line, its value."""

from collections.abc import Iterable
from pathlib import Path
from string import ascii_uppercase

import pytest

from quality.returns import (
    CENSUS,
    LOOKED_AFTER,
    WHOLE_ANNEX_A,
    Found,
    check,
    found,
    with_cell,
    write,
    write_workbook,
)
from sightline.quality.check import Outcome
from thorough import of_today

SECOND_PLAN = """</ChildProtectionPlans>
<ChildProtectionPlans>
<CPPstartDate>2015-06-01</CPPstartDate>
<CPPendDate>2015-06-24</CPPendDate>
<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>
<NumberOfPreviousCPP>0</NumberOfPreviousCPP>
</ChildProtectionPlans>"""


def line_of(text: str, tag: str, number: str = "1") -> str:
    """The place of the numbered element of a name, as an editor counts lines."""
    lines = [i for i, line in enumerate(text.splitlines(), start=1) if line.startswith(f"<{tag}>")]
    return f"line {lines[int(number) - 1]}"


def in_order(findings: Iterable[Found]) -> list[Found]:
    """Findings in one order."""
    return sorted(findings, key=lambda each: (each.code, each.file, each.place, each.column))


# What stands in the census, what is put in its place, and the findings: rule, block, column, value.
CENSUS_FAULTS = [
    (
        "<AssessmentActualStartDate>2015-06-01<",
        "<AssessmentActualStartDate>2015-05-31<",
        [("1103", "Assessments", "start_date", "2015-05-31")],
    ),
    (
        "<AssessmentAuthorisationDate>2015-06-30<",
        "<AssessmentAuthorisationDate>2015-05-30<",
        [("8608", "Assessments", "authorisation_date", "2015-05-30")],
    ),
    (
        "<AssessmentAuthorisationDate>2015-06-30</AssessmentAuthorisationDate>",
        "",
        [
            ("8614", "Assessments", "authorisation_date", ""),
            ("8670Q", "Assessments", "authorisation_date", ""),
        ],
    ),
    (
        "<AssessmentAuthorisationDate>2015-06-30<",
        "<AssessmentAuthorisationDate>2015-06-31<",
        [
            ("8614", "Assessments", "authorisation_date", ""),
            ("8670Q", "Assessments", "authorisation_date", ""),
            ("impossible-date", "Assessments", "authorisation_date", "2015-06-31"),
        ],
    ),
    (
        "<S47ActualStartDate>2015-06-02<",
        "<S47ActualStartDate>2015-05-29<",
        [("2889", "Section47", "start_date", "2015-05-29")],
    ),
    (
        "<S47ActualStartDate>2015-06-02<",
        "<S47ActualStartDate>2015-06-24<",
        [("8615", "Section47", "conference_date", "2015-06-23")],
    ),
    (
        "<InitialCPCtarget>2015-06-23<",
        "<InitialCPCtarget>2015-06-21<",
        [("8870Q", "Section47", "conference_target_date", "2015-06-21")],
    ),
    (
        "<DateOfInitialCPC>2015-06-23<",
        "<DateOfInitialCPC>2015-06-22<",
        [("2885", "ChildProtectionPlans", "start_date", "2015-06-23")],
    ),
    (
        "<DateOfInitialCPC>2015-06-23</DateOfInitialCPC>",
        "",
        [
            ("2883", "ChildProtectionPlans", "start_date", "2015-06-23"),
            ("2885", "ChildProtectionPlans", "start_date", "2015-06-23"),
            ("8675Q", "Section47", "conference_date", ""),
        ],
    ),
    (
        "<PrimaryNeedCode>N1</PrimaryNeedCode>",
        "",
        [("8610", "CINdetails", "primary_need", "")],
    ),
    (
        "<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>",
        "",
        [("8910", "ChildProtectionPlans", "latest_category", "")],
    ),
    (
        "<NumberOfPreviousCPP>0</NumberOfPreviousCPP>",
        "<CPPendDate>2015-06-23</CPPendDate>\n<NumberOfPreviousCPP>0</NumberOfPreviousCPP>",
        [("8840", "ChildProtectionPlans", "end_date", "2015-06-23")],
    ),
    (
        "<CPPreviewDate>2015-09-15<",
        "<CPPreviewDate>2015-06-23<",
        [("8841", "CPPreviewDate", "review_date", "2015-06-23")],
    ),
    (
        "<CPPreviewDate>2016-03-08<",
        "<CPPreviewDate>2016-04-08<",
        [
            ("F-cp-review", "CPPreviewDate 2", "review_date", "2016-04-08"),
            # One date of so few is many.
            ("dates-outside-year", "CollectionDetails", "ReferenceDate", "2016-03-31"),
        ],
    ),
    (
        "<PersonBirthDate>2008-05-01</PersonBirthDate>",
        "",
        [("8525Q", "Child", "birth_date", "")],
    ),
    (
        "</ChildProtectionPlans>",
        SECOND_PLAN,
        [
            ("2883", "ChildProtectionPlans", "start_date", "2015-06-23"),
            ("2883", "ChildProtectionPlans 2", "start_date", "2015-06-01"),
            ("2885", "ChildProtectionPlans 2", "start_date", "2015-06-01"),
            ("8940", "ChildProtectionPlans", "start_date", "2015-06-23"),
            ("8940", "ChildProtectionPlans 2", "start_date", "2015-06-01"),
        ],
    ),
]


def test_the_census_without_a_fault_has_no_finding(tmp_path: Path) -> None:
    path = tmp_path / "census.xml"
    path.write_text(CENSUS, "utf-8")
    report = check(tmp_path, path)
    assert found(report) == []
    ran = {rule.code for rule in report.rules if rule.outcome is Outcome.CLEAN}
    assert {"1103", "8608", "8670Q", "2885", "2883", "8940", "8841", "8820", "4180"} <= ran


@pytest.mark.parametrize(
    ("old", "new", "wanted"), of_today(CENSUS_FAULTS, days=2), ids=lambda each: str(each)[:40]
)
def test_a_fault_in_the_census(
    tmp_path: Path, old: str, new: str, wanted: list[tuple[str, str, str, str]]
) -> None:
    text = CENSUS.replace(old, new, 1)
    assert text != CENSUS
    path = tmp_path / "census.xml"
    path.write_text(text, "utf-8")
    expected = [
        Found(code, "census.xml", line_of(text, *block.split(" ")), column, value)
        for code, block, column, value in wanted
    ]
    assert in_order(found(check(tmp_path, path))) == in_order(expected)


# The cell that is changed (table, line, column), its new value, and the findings.
LOOKED_AFTER_FAULTS = [
    (
        "Episodes",
        2,
        "DEC",
        "31/05/2015",
        [
            ("903-356", "Episodes", 2, "end_date", "2015-05-31"),
            ("903-388", "Episodes", 2, "end_reason", "X1"),
            ("903-433", "Episodes", 3, "start_date", "2015-09-01"),
        ],
    ),
    (
        "Episodes",
        2,
        "DEC",
        "",
        [
            ("903-142", "Episodes", 2, "end_date", ""),
            ("903-148", "Episodes", 2, "end_date", ""),
        ],
    ),
    (
        "Missing",
        2,
        "MIS_END",
        "02/10/2015",
        [("903-567", "Missing", 2, "end_date", "2015-10-02")],
    ),
    ("Header", 3, "SEX", "", [("4180", "Header", 3, "sex", "")]),
    (
        "Header",
        3,
        "ETHNIC",
        "XXXX",
        [
            ("4220", "Header", 3, "ethnicity", "XXXX"),
            ("unknown-code", "Header", 3, "ethnicity", "XXXX"),
        ],
    ),
    (  # a child whom the header does not have
        "Episodes",
        4,
        "CHILD",
        "Cas3",
        [
            ("4180", "Episodes", 4, "sex", ""),
            ("4220", "Episodes", 4, "ethnicity", ""),
            ("8525Q", "Episodes", 4, "birth_date", ""),
        ],
    ),
]

_STARTED = "Continuous Assessment Start Date"
_AUTHORISED = "Continuous Assessment Date of Authorisation"
_PLAN_END = "Child Protection Plan End Date"
ANNEX_A_FAULTS = [
    ("List 4", 3, _AUTHORISED, "19/08/2015", [("8608", "I", "authorisation_date", "2015-08-19")]),
    ("List 4", 3, "Gender", "", [("4180", "B", "sex", "")]),
    ("List 4", 3, _STARTED, "n/k", [("unreadable-date", "G", "start_date", "n/k")]),
    ("List 4", 3, _STARTED, "", [("record-without-start", "G", "start_date", "")]),
    (
        "List 7",
        2,
        _PLAN_END,
        "22/06/2015",
        [
            ("8925", "M", "end_date", "2015-06-22"),
            # The plan that list 6 speaks of has ended.
            ("A-605", "List 6!L2", "case_status", "CP"),
        ],
    ),
    ("List 7", 2, _PLAN_END, "31/06/2015", [("impossible-date", "M", "end_date", "31/06/2015")]),
    (
        "List 7",
        2,
        "Number of Previous Child Protection Plans",
        "",
        [("8730", "O", "previous_plans", "")],
    ),
    (
        "List 7",
        2,
        "Date of latest review conference",
        "23/06/2015",
        [("8841", "L", "review_date", "2015-06-23")],
    ),
]


def test_the_looked_after_return_without_a_fault_has_no_finding(tmp_path: Path) -> None:
    report = check(tmp_path, *write(tmp_path, LOOKED_AFTER))
    assert found(report) == []
    ran = {rule.code for rule in report.rules if rule.outcome is Outcome.CLEAN}
    assert {"903-356", "903-501", "903-148", "903-567", "4180", "O-care-episode"} <= ran


@pytest.mark.parametrize(
    ("table", "line", "column", "value", "wanted"),
    LOOKED_AFTER_FAULTS,
    ids=lambda each: str(each)[:40],
)
def test_a_fault_in_the_looked_after_return(
    tmp_path: Path,
    table: str,
    line: int,
    column: str,
    value: str,
    wanted: list[tuple[str, str, int, str, str]],
) -> None:
    report = check(tmp_path, *write(tmp_path, with_cell(LOOKED_AFTER, table, line, column, value)))
    expected = [
        Found(code, f"{where}.csv", f"line {number}", name, shown)
        for code, where, number, name, shown in wanted
    ]
    assert in_order(found(report)) == in_order(expected)


def test_annex_a_without_a_fault_has_no_finding(tmp_path: Path) -> None:
    report = check(tmp_path, *write(tmp_path, WHOLE_ANNEX_A))
    assert found(report) == []
    ran = {rule.code for rule in report.rules if rule.outcome is Outcome.CLEAN}
    assert {"A-001", "A-704", "8608", "8925", "8730", "8841", "F-contact", "O-visit"} <= ran


@pytest.mark.parametrize("kind", ["files", "workbook"])
@pytest.mark.parametrize(
    ("table", "line", "column", "value", "wanted"),
    of_today(ANNEX_A_FAULTS, days=2),
    ids=lambda each: str(each)[:40],
)
def test_a_fault_in_annex_a(
    tmp_path: Path,
    table: str,
    line: int,
    column: str,
    value: str,
    wanted: list[tuple[str, str, str, str]],
    kind: str,
) -> None:
    """A cell of a workbook has its letter, whether it cannot be read or breaks a rule."""
    tables = with_cell(WHOLE_ANNEX_A, table, line, column, value)
    if kind == "files":
        report = check(tmp_path, *write(tmp_path, tables))
    else:
        report = check(tmp_path, write_workbook(tmp_path / "annex-a.xlsx", tables))
    expected = []
    for code, at, name, shown in wanted:
        place = at if "!" in at else f"{table}!{at}{line}"
        sheet, cell = place.split("!")
        if kind == "files":
            expected.append(
                Found(code, f"{sheet}.csv", f"line {cell.strip(ascii_uppercase)}", name, shown)
            )
        else:
            expected.append(Found(code, "annex-a.xlsx", place, name, shown))
    assert in_order(found(report)) == in_order(expected)
