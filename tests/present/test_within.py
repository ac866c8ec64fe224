"""A report within a group is the group's: its own figures, its own children, the whole beside."""

import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from present.authority import MADE, SPITEFUL
from present.pages import pdf_text, read_html
from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import versions
from sightline.indicators.measured import Measured
from sightline.indicators.rag import rag
from sightline.present import html, pdf, sheets, words, workbook
from sightline.present.contents import build
from sightline.present.figure_file import KeptFigures
from sightline.present.pages import make_page
from sightline.present.report import IndicatorPage, NoSuchGroupError, Report, Within
from sightline.present.runs import fit_for_chart

REDDITCH = Within("district", "Redditch")
TEAM = Within("team", SPITEFUL)
GROUPS = [REDDITCH, TEAM]


@pytest.fixture(scope="module")
def packs(subject: Measured, kept: KeptFigures) -> dict[Within, Report]:
    return {each: build(subject, made=MADE, within=each, kept=kept) for each in GROUPS}


@pytest.fixture(scope="module")
def public(subject: Measured, kept_published: KeptFigures) -> Report:
    return build(subject, made=MADE, within=REDDITCH, published=True, kept=kept_published)


def of_whole(report: Report) -> dict[str, IndicatorPage]:
    return {page.id: page for page in report.pages}


@pytest.mark.parametrize("within", GROUPS, ids=str)
def test_a_groups_headline_is_the_breakdown_row_of_the_whole(
    packs: dict[Within, Report], report: Report, within: Within
) -> None:
    whole = of_whole(report)
    checked = 0
    for page in packs[within].pages:
        assert page.within == within
        assert page.whole == whole[page.id].current
        assert page.breakdowns or not page.current.denominator
        for part in whole[page.id].breakdowns:
            for row in part.rows:
                if (part.by, row.group) == (within.by, within.group):
                    assert page.current == row.now
                    assert page.before == row.before or row.before is None
                    assert page.rag is rag(
                        None if words.is_unknown(row.now) else row.now.value,
                        row.now.target,
                        page.definition.better,
                        page.definition.unit,
                    )
                    checked += 1
        marked = [
            (part.by, row.group) for part in page.breakdowns for row in part.rows if row.marked
        ]
        assert marked in ([(within.by, within.group)], [])
    assert checked > 15


@pytest.mark.parametrize("within", GROUPS, ids=str)
def test_a_groups_run_is_the_engines(
    packs: dict[Within, Report], subject: Measured, within: Within
) -> None:
    page = next(page for page in packs[within].pages if page.code == "FD-02")
    assert page.run is not None
    assert page.run.points
    for point in page.run.points:
        period = point.figure.period_start, point.figure.period_end
        cells = subject.engine.cells([page.definition], [period], [within.by])
        counted = {cell.group: cell.value for cell in cells if cell.by == within.by}
        assert point.figure.value == counted.get(within.group, 0)
    assert bool(page.run.chart) == fit_for_chart([point.figure for point in page.run.points])


@pytest.mark.parametrize("within", GROUPS, ids=str)
def test_only_the_groups_children_are_listed(
    packs: dict[Within, Report], report: Report, within: Within
) -> None:
    listed = 0
    for each, whole in zip(packs[within].unseen, report.unseen, strict=True):
        assert each.children == tuple(
            child for child in whole.children if getattr(child, within.by) == within.group
        )
        if each.total is not None:
            assert each.total == len(each.children)
            assert f"in {within} as at" in each.sentence
        listed += len(each.children)
    assert listed


def test_indicators_not_counted_by_the_group_are_named_with_the_reason(
    packs: dict[Within, Report],
) -> None:
    told = {each.definition.code: each.reason for each in packs[TEAM].not_computed}
    assert told["FD-01"] == "It is not counted by team."
    assert "FD-01" not in {page.code for page in packs[TEAM].pages}
    assert "FD-01" in {page.code for page in packs[REDDITCH].pages}


def test_title_lede_and_notice_say_which_group_in_every_file(packs: dict[Within, Report]) -> None:
    pack = packs[REDDITCH]
    assert pack.within == REDDITCH
    assert pack.title == "Children's safeguarding: District Redditch, Worcestershire"
    assert pack.lede.startswith("Indicators of the district Redditch for the year to")
    assert "This report is of the district Redditch alone" in pack.notice
    page, printed = html.render(pack), pdf_text(pdf.render(pack))
    for text in (page, printed):
        assert "District Redditch, Worcestershire" in text
        assert "the district Redditch alone" in " ".join(text.split())
        assert "The whole authority" in text
    assert "<strong>Redditch</strong> (this report)" in page
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook.render(pack)))
    facts = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert "The district Redditch" in facts
    table = book.get_sheet_by_name("Summary").to_python()[sheets.HEAD_ROW :]
    rows = [dict(zip(table[0], row, strict=True)) for row in table[1:]]
    for row, each in zip(rows, pack.pages, strict=True):
        whole = each.whole
        assert whole is not None
        assert (row["Whole authority"] or 0.0) == pytest.approx(whole.value or 0.0), each.code


def test_a_teams_name_stays_text(packs: dict[Within, Report]) -> None:
    page = html.render(packs[TEAM])
    assert SPITEFUL not in page
    assert SPITEFUL in read_html(page).text
    assert pdf.render(packs[TEAM])


def test_what_is_published_of_a_district_is_the_protected_row(
    public: Report, published: Report
) -> None:
    assert public.unseen == ()
    whole = of_whole(published)
    hidden = 0
    for page in public.pages:
        rows = [row for part in whole[page.id].breakdowns for row in part.rows]
        for row in rows:
            if row.group == "Redditch":
                assert page.current == row.now
                hidden += words.is_hidden(row.now)
        assert page.whole == whole[page.id].current
        assert page.run is None or not page.run.points
        assert {part.by for part in page.breakdowns} <= {"district"}
    assert hidden > 3
    assert {figure.by for figure in public.figures} <= {TOTAL, "district", "category"}
    assert "Safeguarding East" not in html.render(public)


@pytest.mark.parametrize(
    ("within", "said"),
    [
        (Within("district", "Nowhere"), "There is no district 'Nowhere'; there are: Bromsgrove"),
        (Within("sex", "F"), "No report is within a sex: it is within a district or a team."),
    ],
)
def test_a_group_there_is_not_is_refused(
    subject: Measured, kept: KeptFigures, within: Within, said: str
) -> None:
    with pytest.raises(NoSuchGroupError, match=said):
        build(subject, made=MADE, within=within, kept=kept)


def test_nothing_is_published_of_a_team(kept_published: KeptFigures) -> None:
    with pytest.raises(NoSuchGroupError, match=r"Nothing is published by team\."):
        make_page(kept_published, versions("FD-02")[-1], within=TEAM)


def test_the_form_at_hand_must_be_the_one_asked_for(subject: Measured, kept: KeptFigures) -> None:
    with pytest.raises(ValueError, match="not of the form"):
        build(subject, made=MADE, published=True, kept=kept)


def test_a_page_is_broken_down_by_every_dimension(kept: KeptFigures) -> None:
    definition = versions("FD-02")[-1]
    page = make_page(kept, definition, within=REDDITCH)
    assert [part.by for part in page.breakdowns] == [
        by for by in definition.dimensions if by != "disability"
    ]
    for part in page.breakdowns:
        assert sum(row.now.value or 0 for row in part.rows) == page.whole.value  # type: ignore[union-attr]


def test_a_group_with_no_evidence_is_nought_and_not_unknown(
    subject: Measured, kept: KeptFigures
) -> None:
    definition = versions("FD-02")[-1]
    assert "Not known" not in kept.groups("district")
    rare = next(
        d
        for d in kept.windows
        if "team" in d.dimensions
        and not d.is_share
        and d.measure in ("count", "stock")
        and not any(f.group == SPITEFUL for f in kept.of(d, ["team"]))
    )
    page = make_page(kept, rare, within=TEAM)
    assert (page.current.value, page.current.group) == (0.0, SPITEFUL)
    assert definition in kept.windows


@pytest.mark.parametrize("within", [None, REDDITCH])
def test_old_and_new_definition_stand_side_by_side(
    subject: Measured, kept: KeptFigures, within: Within | None
) -> None:
    new = versions("AS-01")[0]
    assert new.version == 2
    page = make_page(kept, new, within=within)
    assert [each.definition.title for each in page.other_versions] == [
        "Assessments within 35 working days (core assessment)",
        "Assessments within 10 working days (initial assessment)",
    ]
    for each in page.other_versions:
        cells = subject.engine.cells([each.definition], [page.period], ["district"])
        counted = {cell.group: (cell.numerator, cell.denominator, cell.value) for cell in cells}
        now = each.current
        assert now is not None
        assert (now.numerator, now.denominator, now.value) == counted[
            within.group if within else TOTAL
        ]
        assert now.denominator == page.current.denominator
        assert "replaced AS-01 version 1" in each.changed
        assert "on 1 April 2013." in each.changed
    assert make_page(kept, versions("FD-02")[-1]).other_versions == ()


def test_every_file_has_the_other_versions(report: Report, tmp_path: Path) -> None:
    title = "Assessments within 35 working days (core assessment)"
    assert title in html.render(report)
    assert title in " ".join(pdf_text(pdf.render(report)).split())
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook.render(report)))
    rows = book.get_sheet_by_name("Other versions").to_python()
    assert title in [cell for row in rows for cell in row]
