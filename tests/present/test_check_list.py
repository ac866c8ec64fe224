"""The list of findings as a workbook: safe, to be filtered, and to be printed."""

from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from sightline.present import check_list, sheets
from sightline.present.check_list import CheckList
from sightline.quality.check import Outcome, RuleResult
from sightline.quality.listing import LISTED

RULES = (
    RuleResult("8608", "Assessment ends before it starts", "error", ("cin",), Outcome.FINDINGS, 2),
    RuleResult("X1", "Broken", "error", (), Outcome.FAILED, 0, "no such table"),
)
SPITEFUL = "=HYPERLINK(A1)"


def row(**given: str) -> dict[str, str]:
    plain = dict.fromkeys(LISTED.names, "")
    return plain | {"code": "8608", "severity": "error", "field": "assessment.start_date"} | given


def check(rows: list[dict[str, str]]) -> CheckList:
    listed = pa.Table.from_pylist(rows, LISTED)
    gone = pa.Table.from_pylist([row(place="line 7", team="North", trend="mended")], LISTED)
    return CheckList("S2", "S1", date(2016, 5, 3), RULES, listed, gone)


ROWS = [
    row(child_id="Ann1", team="North", value=SPITEFUL, place="line 3", trend="new"),
    row(child_id="Ben2", team="@South", value="-1", place="line 9"),
    row(code="8670Q", severity="query", child_id="Ann1", note=SPITEFUL, note_holds="noted"),
]


@pytest.fixture(params=[20_000, 0], ids=["tables", "row by row"])
def book(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> openpyxl.Workbook:
    monkeypatch.setattr(sheets, "MANY_ROWS", request.param)
    path = tmp_path / "list.xlsx"
    check_list.write(check(ROWS), path)
    return openpyxl.load_workbook(path)


def records(book: openpyxl.Workbook, name: str) -> list[dict[str, object]]:
    head, *rows = book[name].iter_rows(min_row=sheets.HEAD_ROW + 1, values_only=True)
    return [dict(zip(head, each, strict=True)) for each in rows]


def test_nothing_in_it_can_run(book: openpyxl.Workbook) -> None:
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "n"}
    assert [each["Value"] for each in records(book, "Findings")] == [SPITEFUL, "-1"]


def test_findings_noted_and_mended_stand_apart(book: openpyxl.Workbook) -> None:
    assert [each["Child"] for each in records(book, "Findings")] == ["Ann1", "Ben2"]
    assert [each["Code"] for each in records(book, "Noted")] == ["8670Q"]
    assert [each["Place"] for each in records(book, "No longer found")] == ["line 7"]
    assert records(book, "Not checked") == [
        {"Code": "X1", "Rule": "Broken", "Outcome": "failed", "Reason": "no such table"}
    ]


def test_the_summary_counts_each_team(book: openpyxl.Workbook) -> None:
    teams = {each["Team"]: each for each in records(book, "Teams")}
    assert (teams["North"]["Errors"], teams["North"]["Children"], teams["North"]["New"]) == (
        1,
        1,
        1,
    )
    assert (teams["@South"]["Errors"], teams["@South"]["Queries"]) == (1, 0)
    said = {line[0]: line[1] for line in book["Read me"].iter_rows(values_only=True)}
    assert said["Errors"] == "2, to be mended"
    assert said["Queries"] == "0, to be mended or explained, and 1 noted as right"
    assert said["Failed"] == "X1: what these rules look for is not known"


def test_it_can_be_filtered_read_and_printed(book: openpyxl.Workbook) -> None:
    sheet = book["Findings"]
    assert sheet.freeze_panes == "A5"
    filters = [table.autoFilter.ref for table in sheet.tables.values()] or [sheet.auto_filter.ref]
    assert filters == ["A4:T6"]
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_area == "'Findings'!$A$1:$N$6"
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJKLMN"]
    assert all(width >= 7 for width in widths)
    # On A4 across, what goes on paper is not made smaller than half.
    assert sum(widths) < 250
