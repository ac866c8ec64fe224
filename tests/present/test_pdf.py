"""The PDF: tagged for screen readers, with all its text, and nothing taken for markup."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pytest

from present.authority import NOTICE
from present.pages import elements, pdf_text
from sightline.present import pdf, words
from sightline.present.report import Report

MONTHS = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]


@pytest.fixture(scope="module")
def content(report: Report) -> bytes:
    return pdf.render(report)


@pytest.fixture(scope="module")
def opened(content: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(content)) as document:
        yield document


@pytest.fixture(scope="module")
def text(content: bytes) -> str:
    return " ".join(pdf_text(content).split())


def test_it_says_that_it_is_accessible_and_has_a_title_and_a_language(
    opened: pikepdf.Pdf, report: Report
) -> None:
    assert opened.Root.MarkInfo.Marked
    assert str(opened.Root.Lang) == "en-GB"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    with opened.open_metadata() as metadata:
        assert metadata["dc:title"] == report.title
        assert metadata["pdfuaid:part"] == "1"


def test_its_tags_hold_headings_tables_and_figures(opened: pikepdf.Pdf, report: Report) -> None:
    kinds = [str(each.S) for each in elements(opened.Root.StructTreeRoot)]
    assert kinds.count("/Figure") > len(report.pages)
    assert kinds.count("/Table") > len(report.pages)
    assert kinds.count("/TH") > 100
    assert kinds.count("/H2") >= len(report.pages)
    assert "/H1" in kinds
    assert "/TOC" in kinds


def test_every_chart_has_a_text_in_its_place(opened: pikepdf.Pdf) -> None:
    figures = [e for e in elements(opened.Root.StructTreeRoot) if str(e.S) == "/Figure"]
    texts = [str(each.get("/Alt", "")) for each in figures]
    assert all(texts)
    assert any(t.startswith("Initial conferences within 15 working days by quarter") for t in texts)
    assert any("Bromsgrove" in t and "Wyre Forest" in t for t in texts)


def test_children_not_seen_come_first_and_pages_are_numbered(
    content: bytes, opened: pikepdf.Pdf, text: str
) -> None:
    first = text.index("Children not seen within the standard")
    assert text.index(NOTICE) < first < text.index("What stands out")
    pages = len(opened.pages)
    assert f"Page 1 of {pages}" in text
    assert f"Page {pages} of {pages}" in text


def test_every_indicator_is_there_with_its_figure_and_its_reading(
    text: str, report: Report
) -> None:
    for page in report.pages:
        figure = page.largest if page.definition.is_profile else page.current
        assert page.name in text
        assert words.value(figure) in text
        assert page.definition.source.split(";")[0] in text
        if page.run:
            assert page.run.reading.split(". ")[0] in text


def test_the_contents_lead_to_every_indicator(opened: pikepdf.Pdf, report: Report) -> None:
    with opened.open_outline() as outline:
        titles = [child.title for item in outline.root for child in item.children]
    assert [title.rsplit(" ", 1)[0] for title in titles if title.endswith("CP-05")] == [
        "Initial conferences within 15 working days"
    ]
    assert len(titles) >= len(report.pages)


def test_months_stand_in_the_year_and_month_they_belong_to(report: Report) -> None:
    run = next(page.run for page in report.pages if page.code == "FD-02")
    assert run is not None
    laid = pdf._run(run, shares=False)
    assert laid["head"] == ["Month", *MONTHS]
    assert [row[0] for row in laid["rows"]] == ["2013/14", "2014/15", "2015/16"]
    assert [cell[0] for row in laid["rows"] for cell in row[1:]] == [
        words.value(point.figure) for point in run.points
    ]
    later = pdf._run(replace(run, points=run.points[10:]), shares=False)
    assert [row[0] for row in later["rows"]] == ["2013/14", "2014/15", "2015/16"]
    assert later["rows"][0][1:11] == [["", ""]] * 10
    assert later["rows"][0][11][0] == words.value(run.points[10].figure)


def test_quarters_stand_in_theirs(report: Report) -> None:
    run = next(page.run for page in report.pages if page.code == "CP-05")
    assert run is not None
    laid = pdf._run(replace(run, points=run.points[3:]), shares=True)
    assert laid["head"] == ["Quarter", "Apr–Jun", "Jul–Sep", "Oct–Dec", "Jan–Mar"]
    figure = run.points[3].figure
    over = f"{words.count(figure.numerator)}/{words.count(figure.denominator)}"
    assert laid["rows"][0] == ["2013/14", ["", ""], ["", ""], ["", ""], [words.value(figure), over]]


def test_markup_in_a_name_is_text(text: str) -> None:
    assert "#set page" in text
    assert "<b>Team" in text


def test_only_the_fonts_of_typst_are_used(opened: pikepdf.Pdf) -> None:
    names = {
        str(each.get("/BaseFont", "")).split("+")[-1].split("-")[0]
        for each in opened.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"
    }
    assert names <= {"LibertinusSerif", "DejaVuSansMono"}


def test_a_long_list_says_where_the_rest_is(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MOST_LISTED", 10)
    listed = pdf._unseen(report)[1]
    assert len(listed["children"]) == 10
    left = len(report.unseen[1].children) - 10
    assert listed["more"] == f"The other {left} are in the workbook."


def test_the_same_report_gives_the_same_bytes(report: Report, content: bytes) -> None:
    assert pdf.render(report) == content
