"""The workbook: the same contents as data, safe to open, easy to sort."""

import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from present.authority import NOTICE, SPITEFUL
from sightline.indicators.counting import TOTAL
from sightline.present import sheets, workbook
from sightline.present.report import Report

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def content(report: Report) -> bytes:
    return workbook.render(report)


@pytest.fixture(scope="module")
def book(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def rows(book: CalamineWorkbook, name: str) -> list[dict[str, object]]:
    table = book.get_sheet_by_name(name).to_python()[sheets.HEAD_ROW :]
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


def test_the_sheets_stand_in_order_each_with_a_title(book: CalamineWorkbook) -> None:
    assert book.sheet_names == [
        "Read me",
        "Not seen",
        "Summary",
        "Figures",
        "Comparison",
        "Quality",
        "Not computed",
        "Definitions",
        "Other versions",
        "Files",
    ]
    for name in book.sheet_names[1:]:
        first = book.get_sheet_by_name(name).to_python()[:3]
        assert first[0][0]
        assert not any(first[0][1:])
        assert not any(first[2])


def test_read_me_says_what_it_is(book: CalamineWorkbook, report: Report) -> None:
    said = book.get_sheet_by_name("Read me").to_python()
    text = "\n".join(str(cell) for row in said for cell in row)
    assert said[0][0] == report.title
    for part in (NOTICE, report.snapshot, "1 July 2016", "case files", report.licence):
        assert part in text


def test_every_figure_is_there_with_its_numbers(book: CalamineWorkbook, report: Report) -> None:
    found = rows(book, "Figures")
    assert len(found) == len(report.figures) > 2000
    for row, figure in zip(found, report.figures, strict=True):
        assert (row["Code"], row["Part"]) == (figure.indicator, figure.definition.part)
        assert (row["From"], row["To"]) == (figure.period_start, figure.period_end)
        assert row["By"] == ("" if figure.by == TOTAL else figure.by)
        assert row["Group"] == figure.group
        for head, number in (
            ("Value", figure.value),
            ("Rate per 10,000", figure.rate),
            ("Lower quartile", figure.lower_quartile),
            ("Target", figure.target.value if figure.target else None),
        ):
            assert row[head] == ("" if number is None else pytest.approx(number)), head
        if figure.definition.is_share:
            assert (row["Numerator"], row["Denominator"]) == (figure.numerator, figure.denominator)
            assert row["Not known"] == figure.unknown


def test_the_summary_is_the_pages(book: CalamineWorkbook, report: Report) -> None:
    found = rows(book, "Summary")
    assert [row["Code"] for row in found] == [page.code for page in report.pages]
    row = next(each for each in found if each["Code"] == "CP-05")
    page = next(each for each in report.pages if each.code == "CP-05")
    assert page.run is not None
    assert page.before is not None
    now = page.current
    assert (row["Numerator"], row["Denominator"], row["Value"]) == (
        now.numerator,
        now.denominator,
        pytest.approx(now.value),
    )
    assert row["Change"] == pytest.approx((now.value or 0) - (page.before.value or 0))
    assert (row["Target"], row["Judgement"]) == (90, "Off target")
    assert row["Neighbours' mean"] == pytest.approx(82.38)
    assert (row["Neighbours with a value"], row["England"]) == (10, 76.7)
    assert row["Reading"] == page.run.reading
    assert (row["Data quality"], row["Reason"]) == (now.quality.letter, now.quality.reason)


def test_every_child_not_seen_is_there(book: CalamineWorkbook, report: Report) -> None:
    found = rows(book, "Not seen")
    listed = [child for each in report.unseen for child in each.children]
    assert [row["Child"] for row in found if row["Child"]] == [child.child_id for child in listed]
    for row, child in zip((row for row in found if row["Child"]), listed, strict=True):
        assert row["Days"] == child.days
        assert row["Last seen"] == (child.last_seen or "")
        assert row["As at"] == date(2016, 3, 31)
    assert (
        found[-1]["Note"]
        == "The files do not say. No loaded file covers care episode on 31 March 2016."
    )


def test_the_comparison_is_year_by_year(book: CalamineWorkbook) -> None:
    found = [row for row in rows(book, "Comparison") if row["Code"] == "CP-05"]
    last = {row["Area"]: row for row in found if row["Year"] == "year ending 2016"}
    assert last["England"]["Value"] == 76.7
    assert last["Worcestershire, published"]["Value"] == 47.0
    assert last["Neighbours, median"]["Value"] == pytest.approx(84.8)
    assert "Warwickshire" in str(last["England"]["Notes"])


def test_quality_not_computed_definitions_and_files(book: CalamineWorkbook, report: Report) -> None:
    quality = rows(book, "Quality")
    found = {row["Code"]: row["Findings"] for row in quality if row["Outcome"] == "findings"}
    assert found == {rule.code: rule.findings for rule in report.quality.found}
    assert sum(row["Outcome"] == "could not run" for row in quality) == len(
        report.quality.could_not_run
    )
    reasons = [row["What is needed"] for row in rows(book, "Not computed")]
    assert reasons == [each.reason for each in report.not_computed]
    queries = [row["Query"] for row in rows(book, "Definitions")]
    assert queries == [page.definition.sql for page in report.pages]
    files = rows(book, "Files")
    assert [(row["File"], row["Rows read"]) for row in files] == [
        ("returns/invented-cin.xml", 5001),
        ("=annex <a>.xlsx", 5002),
    ]


def test_no_text_can_run_as_a_formula(content: bytes, book: CalamineWorkbook) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                sheet = ElementTree.fromstring(archive.read(name))
                assert sheet.find(f".//{MAIN}f") is None, name
                for cell in sheet.iter(f"{MAIN}c"):
                    assert cell.get("t") in (None, "s", "n")
    assert SPITEFUL in {row["Group"] for row in rows(book, "Figures")}


def test_headings_stay_in_view_and_every_table_can_be_filtered(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [n for n in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)]
        assert len(names) == 10
        for name in names[1:]:
            sheet = ElementTree.fromstring(archive.read(name))
            pane = sheet.find(f".//{MAIN}pane")
            assert pane is not None
            assert (pane.get("ySplit"), pane.get("state")) == (str(sheets.HEAD_ROW + 1), "frozen")
            widths = [float(col.get("width") or 0) for col in sheet.iter(f"{MAIN}col")]
            assert min(widths) >= 8
        tables = [n for n in archive.namelist() if n.startswith("xl/tables/")]
        assert len(tables) == 9
        for name in tables:
            assert b"<autoFilter" in archive.read(name)


def test_the_same_report_gives_the_same_bytes(report: Report, content: bytes) -> None:
    assert workbook.render(report) == content


def test_a_report_of_nothing_still_opens(report: Report) -> None:
    from dataclasses import replace

    empty = replace(report, areas=(), figures=(), unseen=(), not_computed=(), inputs=())
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook.render(empty)))
    assert rows(book, "Figures") == [
        {head: "None" if head == "Code" else "" for head in rows(book, "Figures")[0]}
    ]
