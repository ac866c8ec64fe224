"""What is published names no child and gives no hidden number away, in any of the three files."""

import io
import json
import re

import pytest
from python_calamine import CalamineWorkbook

from present.authority import CHILDREN
from present.pages import pdf_text, read_html
from sightline.indicators.counting import TOTAL
from sightline.indicators.figures import Figure
from sightline.present import html, pdf, sheets, words, workbook
from sightline.present.report import Report

CHILD = re.compile(r"KZ\d{5}")


@pytest.fixture(scope="module")
def outputs(published: Report) -> dict[str, str]:
    """All that each file says, as text."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook.render(published)))
    cells = [
        "\t".join(str(cell) for cell in row)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
    ]
    return {
        "html": html.render(published),
        "workbook": "\n".join(cells),
        "pdf": pdf_text(pdf.render(published)),
        "pdf data": json.dumps(pdf._report(published)),
    }


def test_the_search_would_find_a_child(report: Report) -> None:
    assert CHILDREN == 900
    assert CHILD.search(html.render(report))
    assert CHILD.search(pdf_text(pdf.render(report)))


def test_no_child_is_named(outputs: dict[str, str], published: Report) -> None:
    assert published.unseen == ()
    for name, text in outputs.items():
        assert not CHILD.search(text), name
        assert "W17" not in text, f"{name}: a worker"
    assert "Not seen" not in outputs["workbook"]
    assert 'id="not-seen"' not in outputs["html"]


def by_place(report: Report) -> dict[tuple[object, ...], Figure]:
    return {
        (f.definition.code, f.definition.part, f.period_start, f.period_end, f.by, f.group): f
        for f in report.figures
    }


def test_hidden_values_are_written_nowhere(
    outputs: dict[str, str], published: Report, report: Report
) -> None:
    true, shown = by_place(report), by_place(published)
    hidden = {place for place, figure in shown.items() if words.is_hidden(figure)}
    assert len(hidden) > 50
    told = {words.bar(figure) for place, figure in true.items() if place not in hidden}
    secret = {
        text
        for place in hidden & set(true)
        if (text := words.bar(true[place])) not in told and " of " in text
    }
    assert len(secret) > 20
    for name, text in outputs.items():
        assert not [each for each in secret if each in text], name


def test_the_workbook_writes_c_where_a_number_is_hidden(published: Report) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook.render(published)))
    table = book.get_sheet_by_name("Figures").to_python()[sheets.HEAD_ROW :]
    rows = [dict(zip(table[0], row, strict=True)) for row in table[1:]]
    for row, figure in zip(rows, published.figures, strict=True):
        if words.is_hidden(figure):
            assert row["Value"] == "c"
        if figure.suppressed and figure.numerator is None and figure.definition.is_share:
            assert row["Numerator"] == "c"


def test_a_hidden_group_has_no_bar(published: Report, report: Report) -> None:
    page = next(p for p in published.pages if p.code == "CP-05")
    hidden = [row for row in page.breakdowns[0].rows if words.is_hidden(row.now)]
    assert hidden
    drawn = page.breakdowns[0].chart.count("<rect")
    assert drawn == len(page.breakdowns[0].rows) - len(hidden)
    for row in hidden:
        assert f"{row.group} c" in page.breakdowns[0].chart


def test_a_run_is_published_whole_or_not_at_all(published: Report) -> None:
    withheld = [page for page in published.pages if page.run and not page.run.points]
    assert withheld
    for page in withheld:
        assert page.run is not None
        assert page.run.reading == (
            "By month or quarter its numbers are small, so they are protected."
        )
        assert (page.run.chart, page.run.sparkline) == ("", "")
    given = [page for page in published.pages if page.run and page.run.points]
    assert given
    for page in given:
        assert page.run is not None
        assert not any(words.is_hidden(point.figure) for point in page.run.points)


def test_figures_of_a_withheld_run_are_not_in_the_workbook_either(published: Report) -> None:
    withheld = {p.definition for p in published.pages if p.run and not p.run.points}
    for figure in published.figures:
        if figure.definition in withheld and not figure.definition.is_stock:
            assert (figure.period_end - figure.period_start).days >= 364


def test_nothing_is_published_by_team(outputs: dict[str, str], published: Report) -> None:
    assert {figure.by for figure in published.figures} == {TOTAL, "district", "category"}
    for name, text in outputs.items():
        assert "Safeguarding East" not in text, name


def test_no_small_count_of_rows_is_given(published: Report, outputs: dict[str, str]) -> None:
    page = read_html(outputs["html"])
    quality = next(e for e in page.every("section") if e.attributes["aria-labelledby"] == "quality")
    assert "findings in all" not in quality.text
    assert "rows of" not in quality.text.replace("of rows usable", "")
    files = next(e for e in page.every("section") if e.attributes["aria-labelledby"] == "made-from")
    assert "Rows read" not in files.text
    assert "4,999" not in outputs["html"]
    assert "Rows read" not in outputs["workbook"]


def test_it_says_that_it_is_for_publication(outputs: dict[str, str]) -> None:
    assert "For publication: small numbers protected" in outputs["html"]
    assert "For publication: small numbers protected" in outputs["pdf"]
    assert "For publication. Small numbers are protected" in outputs["workbook"]
    assert "shown as <strong>c</strong>" in outputs["html"]
