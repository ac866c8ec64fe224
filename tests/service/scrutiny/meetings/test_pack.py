"""Packs: one accessible PDF, pages numbered through, what is private for members alone."""

import io
from datetime import time, timedelta
from typing import Any

import pdfplumber
import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from service.scrutiny.meetings.conftest import pdf_of
from sightline.service.scrutiny.asks.actions import make_ask
from sightline.service.scrutiny.meetings import actions, pack
from sightline.service.scrutiny.meetings.papers import look_through
from sightline.service.scrutiny.models import Committee, Meeting, Member, Pack, Paper, Report

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PRIVATE = {"privacy": "exempt", "paragraph": 3, "why_exempt": "The price is not agreed yet."}


@pytest.fixture
def coming(panel: Committee, members: list[Member]) -> Meeting:
    """A meeting in a month with a public paper of two pages and a private one."""
    day = timezone.localdate() + timedelta(days=30)
    meeting = actions.plan_meeting(panel, day, time(10, 0), "County Hall")
    actions.build_agenda(meeting)
    two = pdf_of("= First page\nAlpha words. #pagebreak()\n= Second page\nBeta words.")
    item = actions.add_item(meeting, "Annual report", planned="To consider the annual report.")
    actions.add_paper(item, "Annual report", data=two, name="report.pdf")
    actions.add_paper(item, "Figures")
    private = actions.add_item(meeting, "A contract", planned="Secret words.", **PRIVATE)
    actions.add_paper(private, "The bids", data=pdf_of("= Bids\nGamma words."), name="bids.pdf")
    return meeting


def _pages(made: Pack) -> list[str]:
    with pdfplumber.open(io.BytesIO(bytes(made.file.data))) as pdf:
        return [page.extract_text() for page in pdf.pages]


def test_both_packs_have_the_same_pages_until_the_private_part(coming: Meeting) -> None:
    public, members = pack.make_packs(coming, 0)
    open_pages, all_pages = _pages(public), _pages(members)
    assert (public.first_page, public.last_page) == (1, len(open_pages))
    assert members.last_page == len(all_pages) > len(open_pages)
    for number, text in enumerate(all_pages, start=1):
        assert f"Page {number}" in text.splitlines()[-1]

    def at(pages: list[str], words: str) -> list[int]:
        return [number for number, text in enumerate(pages, start=1) if words in text]

    for words in ("Alpha words.", "Beta words."):
        assert at(open_pages, words) == at(all_pages, words) != []
    for secret in ("Gamma", "Secret words"):
        assert at(open_pages, secret) == [] and at(all_pages, secret) != []
    together = " ".join(open_pages)
    assert "paragraph 3 of Part 1" in together.replace("\n", " ")
    assert "To follow" in together
    # The contents say the page on which the paper begins.
    line = next(each for each in open_pages[0].splitlines() if "Paper A Annual report" in each)
    assert line.split()[-1] == str(at(open_pages, "Alpha words.")[0])
    with pikepdf.open(io.BytesIO(bytes(members.file.data))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("en")
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert "Agenda" in metadata["dc:title"]
    assert (
        Paper.objects.filter(published_at=None).values_list("title", flat=True).get() == "Figures"
    )


def test_a_supplement_goes_on_after_the_last_page_and_no_page_changes_its_number(
    coming: Meeting, browser_of_officer: Client
) -> None:
    with pytest.raises(ValidationError, match="before a supplement"):
        pack.make_pack(coming, 1)
    browser_of_officer.post(reverse("publish-agenda", args=[coming.pk]))
    coming.refresh_from_db()
    last = max(each.last_page for each in coming.packs.all())
    with pytest.raises(ValidationError, match="nothing to supplement"):
        pack.make_packs(coming, 1)
    figures = Paper.objects.get(title="Figures")
    actions.supply_paper(figures, pdf_of("= Figures\nDelta words."), "figures.pdf")
    with pytest.raises(ValidationError, match="there already"):
        actions.supply_paper(figures, pdf_of(), "figures.pdf")
    agenda = browser_of_officer.get(reverse("agenda", args=[coming.pk])).content.decode()
    assert "1 paper came since the last pack" in agenda
    browser_of_officer.post(reverse("make-agenda-packs", args=[coming.pk]))
    supplement = coming.packs.get(number=1, with_private=False)
    assert supplement.first_page == last + 1
    pages = _pages(supplement)
    assert f"Page {last + 1}" in pages[0] and any("Delta words." in text for text in pages)
    assert not any("Alpha" in text for text in pages)
    with pytest.raises(ValidationError, match="made already"):
        pack.make_packs(coming, 0)
    figures.refresh_from_db()
    assert figures.published_at is not None


def test_a_late_agenda_prints_the_chairs_reason(
    panel: Committee, members: list[Member], browser_of_officer: Client
) -> None:
    soon = actions.plan_meeting(panel, timezone.localdate() + timedelta(days=2), time(10, 0))
    actions.add_item(soon, "A letter")
    address = reverse("publish-agenda", args=[soon.pk])
    page = browser_of_officer.post(address, {"urgency": ""})
    assert "say why the chair rules" in page.content.decode()
    assert not soon.packs.exists()
    browser_of_officer.post(address, {"urgency": "The inspectors wrote yesterday."})
    text = " ".join(_pages(soon.packs.get())).replace("\n", " ")
    assert "The chair rules this item urgent: The inspectors wrote yesterday." in text


def test_matters_outstanding_and_a_report_are_printed(panel: Committee, coming: Meeting) -> None:
    past = Meeting.objects.create(
        committee=panel, day="2017-09-13", state="held", minutes_state="confirmed"
    )
    asked = past.items.create(position=1, title="Early help", number="289", running=289)
    make_ask(
        asked,
        "request",
        "How many return interviews were in time?",
        committee=panel,
        due_words="by 1 May 2018",
    )
    report = Report.objects.create(
        committee=panel,
        title="Progress",
        state=Report.State.CLEARED,
        cleared_at=timezone.now(),
        recommendations="note the report\nask for more",
        text="# Background\n\nWork went on.",
    )
    item = coming.items.get(title="Annual report")
    actions.add_paper(item, "Progress report", report=report)
    text = " ".join(_pages(pack.make_pack(coming, 0))).replace("\n", " ")
    assert "289a" in text and "How many return" in text
    assert "(a)" in text and "note the report" in text and "Work went on." in text


def test_what_arose_in_private_is_not_in_either_list_of_matters(
    panel: Committee, coming: Meeting
) -> None:
    past = Meeting.objects.create(
        committee=panel, day="2017-09-13", state="held", minutes_state="draft"
    )
    asked = past.items.create(position=1, title="Draft", number="289", running=289)
    make_ask(asked, "request", "Draft words", committee=panel, due_words="by 1 May 2018")
    assert "Draft words" not in " ".join(_pages(pack.make_pack(coming, 0)))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is not a PDF"),
        (b"PK\x03\x04 a Word file", "is not a PDF"),
        (b"%PDF-1.7\nnothing more", "cannot be read"),
        (b"%PDF-1.4\n" + b"\x00\xff" * 500, "cannot be read"),
    ],
)
def test_what_is_no_paper_is_refused_with_a_sentence(
    coming: Meeting, browser_of_officer: Client, data: bytes, said: str
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    item = coming.items.get(title="Annual report")
    before = Paper.objects.count()
    with pytest.raises(ValidationError, match=said):
        look_through(data, "x.pdf")
    if data:
        sent: dict[str, Any] = {
            "title": "x",
            "privacy": "public",
            "file": SimpleUploadedFile("x.pdf", data),
        }
        page = browser_of_officer.post(reverse("add-paper", args=[item.pk]), sent)
        assert said in page.content.decode()
    assert Paper.objects.count() == before


def test_pages_without_text_are_said_to_be_unreadable_aloud() -> None:
    found = look_through(pdf_of("#rect() #pagebreak() Words"), "x.pdf")
    assert (found.pages, found.without_text) == (2, (1,))
    assert "screen reader" in found.caution
    assert look_through(pdf_of(), "x.pdf").caution == ""


def test_a_report_that_is_still_written_is_no_paper(panel: Committee, coming: Meeting) -> None:
    report = Report.objects.create(committee=panel, title="Early", state=Report.State.DRAFT)
    item = coming.items.get(title="Annual report")
    with pytest.raises(ValidationError, match="cleared first"):
        actions.add_paper(item, "Early", report=report)


def test_a_file_is_taken_only_with_the_forms_own_token_and_up_to_its_limit(
    coming: Meeting, officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from sightline.service.scrutiny.meetings import uploads

    client = Client(enforce_csrf_checks=True)
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    item = coming.items.get(title="Annual report")
    address = reverse("add-paper", args=[item.pk])
    page = client.get(address)
    token = str(page.context["csrf_token"])

    def send(**more: Any) -> Any:
        file = SimpleUploadedFile("x.pdf", pdf_of())
        sent = {**more, "title": "x", "privacy": "public", "file": file}
        return client.post(address, sent)

    before = Paper.objects.count()
    assert send().status_code == 403
    monkeypatch.setattr(uploads, "MOST_BYTES", 100)
    assert "larger than" in send(csrfmiddlewaretoken=token).content.decode()
    assert Paper.objects.count() == before
    monkeypatch.undo()
    assert send(csrfmiddlewaretoken=token).status_code == 302
    assert Paper.objects.count() == before + 1
