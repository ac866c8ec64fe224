"""Officers' reports: the parts of a real one, figures at their place, cleared by another, as PDF/UA."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from sightline.service.accounts.models import Person
from sightline.service.scrutiny.models import Committee, QuotedFigure, Report
from sightline.service.scrutiny.programme import figures, report_actions
from sightline.service.scrutiny.programme.actions import ProgrammeError
from sightline.service.scrutiny.programme.report_actions import OwnReportError
from sightline.service.scrutiny.programme.report_pdf import render_report, report_body
from sightline.service.scrutiny.programme.reports import body_of, lettered

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Make = Callable[..., Person]
ClientOf = Callable[[Person], Client]

# The parts of a cabinet report of 2015 on a safeguarding board's annual report, in our own words.
PARTS: dict[str, Any] = {
    "relevant_member": "Cabinet Member for Children and Families",
    "relevant_officer": "Director of Children’s Services",
    "purpose": "To bring the annual report of the board to Cabinet.",
    "recommendations": "receives the annual report;\nnotes the progress of the board; and\n"
    "asks that it goes to full Council in November",
    "text": "# Background\n\nThe chair publishes a report\nevery year.\n\nThe peers asked for:\n\n"
    "- a plan\n- a front door\n  that is clear\n\n[figure 1]\n\n# Conclusion\n\nIt is not assured.",
    "appendices": "Appendix 1: annual report",
    "contact": "Invented Manager, board business manager\n01234 567890",
    "has_background_papers": False,
}


@pytest.fixture
def cabinet(db: None) -> Committee:
    return Committee.objects.create(name="Cabinet", slug="cabinet", kind="executive")


@pytest.fixture
def writer(make_person: Make) -> Person:
    return make_person("analyst")


@pytest.fixture
def report(cabinet: Committee, writer: Person) -> Report:
    return report_actions.begin_report(cabinet, "Annual report 2026/27", by=writer, **PARTS)


def _figure(**shown: Any) -> QuotedFigure:
    return QuotedFigure(
        indicator="CP-05",
        period_start=date(2026, 4, 1),
        period_end=date(2027, 3, 31),
        snapshot="s",
        shown={
            "title": "Conferences in time",
            "code": "CP-05",
            "definition": "Within 15 working days.",
            "disclosure": "Small numbers are protected.",
            "when": "The year to 31 March 2027",
            "before_when": "",
            "change": "",
            "unit": "percent",
            "of_share": True,
            "adds_up": False,
            "authority": "Invented",
            "reaches_to": "2027-03-31",
            "figure": {
                "text": "40%",
                "under": "20 of 50",
                "value": 40.0,
                "withheld": "",
                "before": "",
            },
            "rows": [],
            "run": None,
            **shown,
        },
    )


def test_recommendations_are_lettered() -> None:
    assert lettered("one\n\n two \n") == (("a", "one"), ("b", "two"))
    assert lettered("\n".join("x" * 1 for _ in range(28)))[25:] == (
        ("z", "x"),
        ("aa", "x"),
        ("bb", "x"),
    )


def test_paragraphs_are_numbered_through_and_figures_stand_at_their_place(report: Report) -> None:
    report_actions.place_figure(report, _figure())
    report_actions.place_figure(report, _figure(title="Unplaced"))
    body = body_of(report)
    assert [(each.kind, each.number or each.text) for each in body.parts] == [
        ("heading", "Background"),
        ("paragraph", 1),
        ("paragraph", 2),
        ("list", ""),
        ("figure", 1),
        ("heading", "Conclusion"),
        ("paragraph", 3),
        ("figure", 2),
    ]
    assert body.parts[1].text == "The chair publishes a report every year."
    assert body.parts[3].points == ("a plan", "a front door that is clear")


def test_the_proper_officer_says_what_was_said(report: Report) -> None:
    said = body_of(report).papers_statement
    assert said == (
        "In the opinion of the proper officer (in this case Director of Children’s Services) there are no "
        "background papers relating to the subject matter of this report."
    )
    report.has_background_papers, report.background_papers = True, "Peer review 2026"
    assert body_of(report).papers == ("Peer review 2026",)
    assert "the following are the background papers" in body_of(report).papers_statement
    report.has_background_papers = None
    assert body_of(report).papers_statement == ""


def test_what_it_lacks_is_said_before_it_is_cleared(
    cabinet: Committee, writer: Person, make_person: Make
) -> None:
    bare = report_actions.begin_report(cabinet, "Bare", by=writer, text="[figure 2]")
    assert body_of(bare).lacks == (
        "Say who the relevant officer is.",
        "Say what the report is for.",
        "Write at least one recommendation.",
        "Say whom to ask about the report.",
        "Say whether there are background papers.",
        "The text places figure 2, and there is no figure 2.",
    )
    with pytest.raises(ProgrammeError, match="relevant officer"):
        report_actions.clear_report(bare, 1, by=make_person("scrutiny_officer"))


def test_nobody_clears_their_own(report: Report, writer: Person, make_person: Make) -> None:
    with pytest.raises(OwnReportError):
        report_actions.clear_report(report, 1, by=writer)
    officer = make_person("scrutiny_officer")
    report_actions.place_figure(report, _figure())
    report.refresh_from_db()
    report_actions.clear_report(report, report.version, by=officer)
    report.refresh_from_db()
    assert (report.state, report.cleared_by) == ("cleared", officer)


def _clear(report: Report, by: Person, **more: Any) -> Report:
    report_actions.place_figure(report, _figure())
    report.refresh_from_db()
    report_actions.clear_report(report, report.version, by=by, **more)
    report.refresh_from_db()
    return report


def test_a_cleared_one_is_not_edited_until_it_is_taken_back(
    report: Report, make_person: Make
) -> None:
    cleared = _clear(report, make_person("scrutiny_officer"))
    placed = cleared.figures.get()
    for edit in (
        lambda: report_actions.change_report(cleared, cleared.version, {"title": "x"}),
        lambda: report_actions.place_figure(cleared, _figure()),
        lambda: report_actions.take_out_figure(placed),
    ):
        with pytest.raises(ProgrammeError, match="Take it back"):
            edit()
    report_actions.take_back_report(cleared, cleared.version, "A figure is wrong")
    cleared.refresh_from_db()
    report_actions.change_report(cleared, cleared.version, {"title": "x"})


def test_a_decision_is_written_once_it_is_cleared_and_ends_taking_back(
    report: Report, make_person: Make
) -> None:
    with pytest.raises(ProgrammeError, match="not cleared"):
        report_actions.record_decision(report, 1, "Agreed", date(2027, 3, 9))
    cleared = _clear(report, make_person("scrutiny_officer"))
    report_actions.record_decision(cleared, cleared.version, "Agreed", date(2027, 3, 9), "42")
    cleared.refresh_from_db()
    with pytest.raises(ProgrammeError, match="supplement"):
        report_actions.take_back_report(cleared, cleared.version, "why")
    ends = {each["title"]: each for each in report_body(cleared)["ends"]}
    assert ends["What was decided"]["paragraphs"] == [
        "Agreed",
        "Decided on 9 March 2027, minute 42.",
    ]


def test_a_text_that_may_tell_who_a_child_is_needs_a_reason(
    report: Report, make_person: Make
) -> None:
    officer = make_person("scrutiny_officer")
    report_actions.place_figure(report, _figure())
    report_actions.change_report(report, 2, {"text": "A child born on 3 May 2015 was missed."})
    report.refresh_from_db()
    with pytest.raises(ProgrammeError, match="may tell who a child or family is") as said:
        report_actions.clear_report(report, report.version, by=officer)
    assert "2015" not in str(said.value)
    report_actions.clear_report(report, report.version, by=officer, although="It is an example")


def test_figures_move_up_where_one_is_taken_out(report: Report) -> None:
    for title in ("one", "two", "three"):
        report_actions.place_figure(report, _figure(title=title))
    report_actions.take_out_figure(report.figures.get(position=2))
    assert [(f.position, f.figure.shown["title"]) for f in report.figures.all()] == [
        (1, "one"),
        (2, "three"),
    ]
    assert QuotedFigure.objects.count() == 2


def test_the_database_keeps_no_exempt_report_without_its_reason(report: Report) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(privacy="exempt")


def test_a_figure_of_the_engine_is_quoted_protected(report: Report, published_reading: Any) -> None:
    indicators, by = figures.choices(published_reading)
    assert ("CP-05", "CP-05: Initial conferences within 15 working days") in [
        (code, f"{code}: {name.split(': ', 1)[1]}") for code, name in indicators
    ] or any(code == "CP-05" for code, _ in indicators)
    assert "team" not in by
    figure = figures.figure_for(published_reading, "CP-05", "district")
    report_actions.place_figure(report, figure)
    part = next(each for each in report_body(report)["parts"] if each["kind"] == "figure")
    assert "Small numbers are protected" in part["note"]
    assert part["tables"][0]["columns"][0] == "District"
    assert all(chart["alt"] for chart in part["charts"])


def _text(pdf: bytes) -> str:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(pdf)) as read:
        return " ".join(" ".join((page.extract_text() or "").split()) for page in read.pages)


def test_the_pdf_is_tagged_and_says_all(report: Report, published_reading: Any) -> None:
    report_actions.place_figure(report, figures.figure_for(published_reading, "CP-05", "district"))
    content = render_report(report)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert "pdfuaid:part" in str(pdf.Root.Metadata.read_bytes())
        assert pdf.docinfo["/Title"] == "Annual report 2026/27"
    text = _text(content)
    for said in (
        "Draft: not yet cleared for an agenda",
        "Relevant Cabinet Member",
        "It is recommended that Cabinet:",
        "(a) receives the annual report;",
        "(c) asks that it goes to full Council in November",
        "1. The chair publishes a report every year.",
        "Figure 1",
        "Appendix 1: annual report",
        "In the opinion of the proper officer",
    ):
        assert said in text


@pytest.mark.parametrize(
    "text", ["#let x = 1\n\n*bold* _it_ $x$ @ref <a> \\", "# ", "- ", "[figure 0]"]
)
def test_nothing_in_a_text_is_taken_for_markup(report: Report, text: str) -> None:
    Report.objects.update(text=text)
    report.refresh_from_db()
    assert render_report(report).startswith(b"%PDF")


def test_an_exempt_one_says_under_which_paragraph(report: Report) -> None:
    Report.objects.update(privacy="exempt", paragraph=3, why_exempt="A contract is to be let.")
    report.refresh_from_db()
    text = _text(render_report(report))
    assert "Not for publication: exempt under paragraph 3 of Part 1 of Schedule 12A" in text
    assert "A contract is to be let." in text


# Who reads and edits what


def test_a_draft_is_for_who_writes_reports(
    report: Report, make_person: Make, client_of: ClientOf
) -> None:
    for role, sees in (("service_manager", 200), ("councillor", 403), ("commissioner", 403)):
        client = client_of(make_person(role))
        for name in ("report", "report-pdf"):
            assert client.get(reverse(name, args=[report.pk])).status_code == sees, role
        assert ("Annual report" in client.get(reverse("reports")).content.decode()) is (sees == 200)
    Report.objects.update(state="cleared", cleared_at="2027-03-01T12:00Z")
    councillor = client_of(make_person("councillor"))
    assert councillor.get(reverse("report", args=[report.pk])).status_code == 200


def test_a_private_one_is_for_who_may_read_private_papers(
    report: Report, writer: Person, make_person: Make, client_of: ClientOf
) -> None:
    Report.objects.update(privacy="confidential", state="cleared", cleared_at="2027-03-01T12:00Z")
    for person, sees in (
        (writer, 200),
        (make_person("analyst"), 403),
        (make_person("commissioner"), 403),
        (make_person("councillor"), 200),
    ):
        client = client_of(person)
        for name in ("report", "report-pdf"):
            assert client.get(reverse(name, args=[report.pk])).status_code == sees
        listed = "Annual report" in client.get(reverse("reports")).content.decode()
        assert listed is (sees == 200)


def test_who_clears_is_another_of_whose_committee_it_is(
    report: Report, board: Committee, writer: Person, make_person: Make, client_of: ClientOf
) -> None:
    report_actions.place_figure(report, _figure())
    report.refresh_from_db()
    clear = reverse("clear-report", args=[report.pk])
    assert client_of(writer).post(clear, {"version": 2}).status_code == 403
    manager = client_of(make_person("board_manager"))
    assert manager.post(clear, {"version": 2}).status_code == 403
    director = make_person("assistant_director")
    assert client_of(director).post(clear, {"version": 2}).status_code == 302
    report.refresh_from_db()
    assert report.cleared_by == director
    own = report_actions.begin_report(board, "Own", by=director, **PARTS)
    assert client_of(director).get(reverse("clear-report", args=[own.pk])).status_code == 403


def test_from_the_first_line_to_the_decision_through_the_pages(
    cabinet: Committee,
    published_reading: Any,
    writer: Person,
    make_person: Make,
    client_of: ClientOf,
    django_assert_max_num_queries: Any,
) -> None:
    author, officer = client_of(writer), client_of(make_person("scrutiny_officer"))
    sent = {
        **PARTS,
        "committee": cabinet.pk,
        "title": "Annual report",
        "has_background_papers": "no",
        "privacy": "public",
        "version": 1,
    }
    author.post(reverse("begin-report"), sent)
    row = Report.objects.get()
    assert row.has_background_papers is False
    quote = reverse("report-figures", args=[row.pk])
    assert author.post(quote, {"indicator": "AS-01", "by": "district"}).status_code == 302
    with django_assert_max_num_queries(12):
        page = author.get(reverse("report", args=[row.pk])).content.decode()
    assert "It is recommended that Cabinet:" in page
    assert "<svg" in page
    officer.post(reverse("clear-report", args=[row.pk]), {"version": 2})
    decision = {"version": 3, "decision": "Agreed", "on_day": 9, "on_month": 3, "on_year": 2027}
    officer.post(reverse("report-decision", args=[row.pk]), decision)
    page = client_of(make_person("councillor")).get(reverse("report", args=[row.pk]))
    assert "What was decided" in page.content.decode()


def test_two_who_write_at_once_see_both_texts(
    report: Report, writer: Person, client_of: ClientOf
) -> None:
    client = client_of(writer)
    address = reverse("change-report", args=[report.pk])
    sent = {
        **PARTS,
        "committee": report.committee_id,
        "title": "First",
        "has_background_papers": "no",
        "privacy": "public",
        "version": 1,
    }
    assert client.post(address, sent).status_code == 302
    answer = client.post(address, {**sent, "title": "Second"})
    assert answer.status_code == 409
    assert "First" in answer.content.decode()


def test_an_exempt_one_is_asked_for_its_paragraph(
    report: Report, writer: Person, client_of: ClientOf
) -> None:
    sent = {**PARTS, "committee": report.committee_id, "title": "t", "version": 1}
    address = reverse("change-report", args=[report.pk])
    page = client_of(writer).post(address, {**sent, "privacy": "exempt"}).content.decode()
    assert "Select the paragraph that makes it exempt" in page
    assert "Say why it is private" in page
