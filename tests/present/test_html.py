"""The page: whole, self-contained, and in the order and words that people need."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from present.authority import NOTICE, SPITEFUL
from present.pages import Element, read_html
from sightline.indicators.rag import Rag
from sightline.present import html, words
from sightline.present.report import Report


@pytest.fixture(scope="module")
def root(page: str) -> Element:
    return read_html(page)


def test_nothing_is_fetched_and_nothing_runs(page: str, root: Element) -> None:
    tags = {element.tag for element in root.every()}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    for element in root.every():
        assert "src" not in element.attributes
        assert not any(name.startswith("on") for name in element.attributes)
        assert element.attributes.get("href", "#").startswith("#")
    assert not re.search(r"url\(|@import|javascript:", page)
    addresses = set(re.findall(r"https?://[^\s\"'<]+", page))
    assert addresses == {"http://www.w3.org/2000/svg"}, "the name of SVG is no request"


def test_every_table_has_a_caption_and_every_heading_a_scope(root: Element) -> None:
    tables = list(root.every("table"))
    assert len(tables) > 100
    for table in tables:
        assert table.children[0].tag == "caption"
        assert table.children[0].text
        head, body = table.children[1:]
        assert [head.tag, body.tag] == ["thead", "tbody"]
        columns = head.children[0].children
        assert all(cell.attributes["scope"] == "col" and cell.text for cell in columns)
        for row in body.children:
            assert len(row.children) == len(columns), table.children[0].text
            assert [c.attributes["scope"] for c in row.children if c.tag == "th"] == ["row"]


def test_identifiers_are_unique_and_links_arrive(root: Element) -> None:
    known = [e.attributes["id"] for e in root.every() if "id" in e.attributes]
    assert len(known) == len(set(known))
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", name) for name in known)
    for element in root.every("a"):
        assert element.attributes["href"][1:] in known
    named = [
        e.attributes["aria-labelledby"] for e in root.every() if "aria-labelledby" in e.attributes
    ]
    assert set(named) <= set(known)


def test_headings_go_down_one_level_at_a_time(root: Element) -> None:
    levels = [int(e.tag[1]) for e in root.every() if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_children_not_seen_come_first(root: Element) -> None:
    sections = [e.attributes["aria-labelledby"] for e in root.every("section")]
    assert sections == [
        "not-seen",
        "stands-out",
        "front-door",
        "early-help",
        "assessment",
        "children-in-need",
        "child-protection",
        "quality",
        "missing-figures",
        "made-from",
    ]
    assert next(root.every("main")).children[0].text == NOTICE, (
        "that they are invented is said first"
    )


def test_the_not_seen_are_listed_longest_first(root: Element, report: Report) -> None:
    section = next(root.every("section"))
    details = list(section.every("details"))
    assert len(details) == 2
    rows = list(details[1].every("tr"))[1:]
    children = report.unseen[1].children
    assert len(rows) == len(children)
    first = children[0]
    assert [cell.text for cell in rows[0].children] == [
        first.child_id,
        str(first.days),
        words.day(first.last_seen) or "never",
        words.day(first.since),
        first.district,
        first.team,
        first.worker,
    ]


def test_a_long_list_says_where_the_rest_is(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(html._template().globals, "most_listed", 10)
    text = read_html(html.render(report)).text
    left = len(report.unseen[1].children) - 10
    assert f"the children, longest first (10 of {left + 10})" in text
    assert f"The other {left} are in the workbook" in text
    assert "sightline children CI-06 --period 2016-03-31" in text


def test_the_summary_has_what_a_reader_needs(root: Element, report: Report) -> None:
    table = next(e for e in root.every("table") if e.text.startswith("Child protection, year"))
    heads = [cell.text for cell in next(table.every("tr")).children]
    assert heads == [
        "Indicator",
        "Value",
        "Change",
        "Target",
        "Neighbours",
        "England",
        "Reading",
        "Trend",
        "Data",
    ]
    row = next(r for r in table.every("tr") if "CP-05" in r.text)
    page = next(p for p in report.pages if p.code == "CP-05")
    assert page.run is not None
    now = page.current
    shown = [cell.text for cell in row.children]
    assert shown[0] == "Initial conferences within 15 working days CP-05"
    over = f"{words.value(now)}{words.count(now.numerator)} of {words.count(now.denominator)}"
    assert shown[1] == over
    assert shown[2] == page.change
    assert shown[3] == "90.0%Off target"
    assert shown[4] == "82.4%mean of 10"
    assert shown[5] == "76.7%"
    assert shown[6] == page.run.reading_short
    assert shown[8] == page.grade.letter == "A"
    assert next(row.every("svg")).children[0].text.startswith("Initial conferences")


def article(root: Element, name: str) -> Element:
    return next(e for e in root.every("article") if e.attributes["aria-labelledby"] == name)


def test_an_indicators_page_has_charts_with_their_numbers(root: Element, report: Report) -> None:
    page = next(p for p in report.pages if p.code == "CP-05")
    said = article(root, "cp-05")
    titles = [svg.children[0].text for svg in said.every("svg")]
    assert titles == [
        "Initial conferences within 15 working days by quarter",
        "Initial conferences within 15 working days by district",
        "Initial conferences within 15 working days by team",
        "Initial conferences within 15 working days, per cent, as published, 2013 to 2016",
    ]
    for figure in said.every("figure"):
        assert any(True for _ in figure.every("table")), "the numbers stand beside every chart"
    assert page.run is not None
    assert page.run.reading in said.text
    assert page.definition.definition in said.text
    assert page.definition.source in said.text
    assert page.grade.reason in said.text
    assert "82.4% (10)" in said.text


def test_every_number_of_a_run_is_in_its_table(root: Element, report: Report) -> None:
    page = next(p for p in report.pages if p.code == "CP-05")
    assert page.run is not None
    table = next(
        e
        for e in article(root, "cp-05").every("table")
        if e.children[0].text.endswith("by quarter")
    )
    rows = [[cell.text for cell in row.children] for row in table.every("tr")][1:]
    assert rows == [
        [
            point.label,
            words.count(point.figure.numerator),
            words.count(point.figure.denominator),
            words.value(point.figure),
            point.signal or "–",
        ]
        for point in page.run.points
    ]


def test_every_indicator_has_its_definition_source_and_quality(
    root: Element, report: Report
) -> None:
    articles = list(root.every("article"))
    assert len(articles) == len(report.pages)
    for said, page in zip(articles, report.pages, strict=True):
        text = said.text
        assert page.definition.source.split()[0] in text
        assert f"Data {page.grade.letter}" in text
        assert "".join(page.definition.sql.split()) in "".join(text.split())


def test_names_are_shown_as_they_are_and_never_run(page: str, root: Element) -> None:
    assert "<b>Team" not in page
    assert any(cell.text == SPITEFUL for cell in root.every("th"))


def test_what_could_not_be_computed_says_which_file_is_needed(
    root: Element, report: Report
) -> None:
    section = next(
        e for e in root.every("section") if e.attributes["aria-labelledby"] == "missing-figures"
    )
    rows = list(section.every("tr"))[1:]
    assert len(rows) == len(report.not_computed) > 20
    assert "No loaded file covers care episode on 31 March 2016." in section.text


def test_grades_and_rules_are_told(root: Element, report: Report) -> None:
    section = next(e for e in root.every("section") if e.attributes["aria-labelledby"] == "quality")
    assert report.quality.sentence in section.text
    for rule in report.quality.found:
        assert f"{rule.title}{rule.code}{rule.severity}{rule.findings}" in section.text
    for graded in report.grades:
        for reason, _ in graded.reasons if graded.letter != "A" else ():
            assert reason in section.text


def test_without_targets_nothing_is_judged_and_the_page_says_so(report: Report) -> None:
    areas = tuple(
        replace(area, pages=tuple(replace(p, rag=Rag.GREY) for p in area.pages))
        for area in report.areas
    )
    text = read_html(html.render(replace(report, areas=areas))).text
    assert "No figure is judged, because the authority has set no target." in text
    assert "Off target" not in text


def test_the_same_report_gives_the_same_page(report: Report, page: str) -> None:
    assert html.render(report) == page


def test_it_is_small_enough_to_send(page: str, report: Report) -> None:
    assert len(page.encode()) < 4_000_000 * len(report.pages) / 90


def test_a_file_is_written_whole_or_not_at_all(
    report: Report, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.html"
    target.write_text("before")

    def fails(self: Path, target: Path) -> Path:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fails)
        with pytest.raises(OSError, match="full"):
            html.write(report, target)
    assert target.read_text() == "before"
    html.write(report, target)
    assert target.read_text("utf-8") == page
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
