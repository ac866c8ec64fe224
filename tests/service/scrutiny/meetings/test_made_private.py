"""What became private, or came late, once an agenda was published: nothing of it stays with the public."""

import io
from collections.abc import Callable
from datetime import time, timedelta

import pdfplumber
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from service.scrutiny.meetings.conftest import pdf_of
from sightline.service.accounts.models import Person
from sightline.service.scrutiny.asks.actions import judge, make_ask
from sightline.service.scrutiny.meetings import actions, pack
from sightline.service.scrutiny.models import (
    Ask,
    Committee,
    Item,
    Meeting,
    Member,
    Pack,
    ProgrammeEntry,
    PublishedText,
)
from sightline.service.scrutiny.public import search

pytestmark = pytest.mark.django_db
PRIVATE = {"privacy": "exempt", "paragraph": 3, "why_exempt": "The price is not agreed yet."}
Make = Callable[..., Person]


@pytest.fixture
def coming(panel: Committee, members: list[Member]) -> Meeting:
    """A meeting in a month, with an item that has a paper."""
    day = timezone.localdate() + timedelta(days=30)
    meeting = actions.plan_meeting(panel, day, time(10, 0), "County Hall")
    actions.build_agenda(meeting)
    item = actions.add_item(meeting, "A contract", planned="Zebra words.", presenter="A Officer")
    actions.add_paper(item, "The bids", data=pdf_of("= Bids\nGamma words."), name="bids.pdf")
    return meeting


@pytest.fixture
def soon(panel: Committee, members: list[Member]) -> Meeting:
    """A meeting the day after tomorrow, whose agenda was published in time."""
    meeting = actions.plan_meeting(panel, timezone.localdate() + timedelta(days=2), time(10, 0))
    actions.add_item(meeting, "A letter", planned="To consider it.")
    actions.publish_agenda(meeting, at=timezone.now() - timedelta(days=20))
    return meeting


def _words(made: Pack) -> str:
    with pdfplumber.open(io.BytesIO(bytes(made.file.data))) as pdf:
        return " ".join(page.extract_text() for page in pdf.pages).replace("\n", " ")


def test_packs_and_search_lose_an_item_that_became_private(coming: Meeting, client: Client) -> None:
    actions.issue_agenda(coming)
    item = coming.items.get(title="A contract")
    public = reverse("public-pack", args=[coming.packs.get().pk])
    assert client.get(public).status_code == 200
    assert search.find("zebra").keys
    actions.change_item(item, item.version, PRIVATE)
    assert not PublishedText.objects.filter(text__contains="Zebra").exists()
    assert client.get(public).status_code == 404
    assert not coming.packs.exists()
    open_pack, members = pack.make_packs(coming, 0)
    for words in ("Zebra", "Gamma", "The bids", "A Officer"):
        assert words not in _words(open_pack)
    assert "Zebra" in _words(members) and "The bids" in _words(members)
    assert "A contract" in _words(open_pack)  # that there is such an item is public


def test_what_comes_on_a_published_agenda_is_found(coming: Meeting) -> None:
    actions.issue_agenda(coming)
    actions.add_item(coming, "Foster care", planned="Quokka words.")
    assert search.find("quokka").keys


def test_a_private_paper_is_a_letter_to_the_public(
    coming: Meeting, make_person: Make, client_of: Callable[[Person], Client]
) -> None:
    item = coming.items.get(title="A contract")
    actions.add_paper(item, "Prices of Zed", data=pdf_of(), name="p.pdf", **PRIVATE)
    actions.add_paper(item, "Names of bidders", **PRIVATE)
    actions.issue_agenda(coming)
    words = _words(coming.packs.get(with_private=False))
    assert "Prices of Zed" not in words and "Names of bidders" not in words
    assert "Paper B" in words and "Private, to follow" in words
    address = reverse("meeting", args=[coming.pk])
    page = client_of(make_person("commissioner")).get(address).content.decode()
    assert "Prices of Zed" not in page and "Names of bidders" not in page
    assert "Prices of Zed" in client_of(make_person("councillor")).get(address).content.decode()


def test_the_public_pack_says_nothing_of_a_judgement(
    coming: Meeting, panel: Committee, officer: Person
) -> None:
    past = Meeting.objects.create(
        committee=panel, day="2017-05-01", state="held", minutes_state="confirmed"
    )
    item = Item.objects.create(meeting=past, position=1, number="270", running=270, title="Report")
    ask = make_ask(item, "request", "The waiting times", committee=panel, due_words="1 June 2017")
    judge(ask, ask.version, "amber", "The manager is ill.", by=officer)
    words = _words(pack.make_packs(coming, 0)[0])
    assert "The waiting times" in words and "Overdue" in words
    assert "ill" not in words.split() and officer.name not in words


def test_a_pack_of_an_agenda_that_changed_while_it_was_drawn_is_not_kept(coming: Meeting) -> None:
    drawn = pack.draw_packs(coming, 0)
    item = coming.items.get(title="A contract")
    actions.change_item(item, item.version, PRIVATE)
    with pytest.raises(ValidationError, match="changed while its pack was made"):
        pack.keep_packs(drawn)
    assert not coming.packs.exists()


def test_a_pack_whose_agenda_is_not_published_is_not_in_the_way(
    coming: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValidationError("Somebody published it meanwhile.")

    with monkeypatch.context() as patched:
        patched.setattr(actions.agendas, "publish_agenda", fails)
        with pytest.raises(ValidationError):
            actions.issue_agenda(coming)
    assert not coming.packs.exists()
    actions.issue_agenda(coming)
    assert coming.packs.count() == 1


def test_nothing_comes_late_by_another_way(soon: Meeting, panel: Committee) -> None:
    item = soon.items.get()
    for changes in ({"title": "Another matter"}, {"planned": "To decide something else."}):
        with pytest.raises(ValidationError, match="say why the chair rules it urgent"):
            actions.change_item(item, item.version, changes)
    ProgrammeEntry.objects.create(committee=panel, title="Slipped in", meeting=soon)
    with pytest.raises(ValidationError, match="say why the chair rules it urgent"):
        actions.build_agenda(soon)
    assert list(soon.items.values_list("title", "planned")) == [("A letter", "To consider it.")]
    late = actions.add_item(soon, "Fire", urgency="It burnt yesterday.")
    with pytest.raises(ValidationError, match="say why the chair rules it urgent"):
        actions.change_item(late, late.version, {"urgency": ""})
    actions.change_item(item, item.version, {"presenter": "A Officer"})


def test_an_item_that_comes_while_the_meeting_is_held_has_its_number(opened: Meeting) -> None:
    assert actions.add_item(opened, "A letter").number == "291"


def test_no_meeting_confirms_its_own_minutes(held: Meeting, browser_of_officer: Client) -> None:
    with pytest.raises(ValidationError, match="its own minutes"):
        actions.confirm_minutes(held, held)
    page = browser_of_officer.get(reverse("confirm-minutes", args=[held.pk])).content.decode()
    assert f">{held}</option>" not in page


def test_a_meeting_is_not_moved_onto_another(panel: Committee, meeting: Meeting) -> None:
    other = actions.plan_meeting(panel, meeting.day + timedelta(days=7), time(10, 0))  # type: ignore[operator]
    with pytest.raises(ValidationError, match="kept already"):
        actions.change_meeting(other, other.version, {"day": meeting.day})
    actions.change_meeting(other, other.version, {"day": meeting.day, "starts": time(14, 0)})


def test_what_is_due_at_the_next_meeting_goes_with_it(held: Meeting, panel: Committee) -> None:
    days = [held.day + timedelta(days=n) for n in (30, 60, 20)]  # type: ignore[operator]
    first, second = (actions.plan_meeting(panel, day, time(10, 0)) for day in days[:2])
    item = held.items.last()
    ask = make_ask(item, "request", "An update", committee=panel, due_words="at the next meeting")
    by_hand = make_ask(item, "request", "Data", committee=panel, due_words="8 January 2018")

    def due() -> object:
        return Ask.objects.get(pk=ask.pk).due

    assert due() == days[0]
    actions.cancel_meeting(first, "Snow.")
    assert due() == days[1]
    actions.change_meeting(second, second.version, {"day": days[2]})
    assert due() == days[2]
    assert str(Ask.objects.get(pk=by_hand.pk).due) == "2018-01-08"


def test_another_part_of_the_number_that_runs_is_counted_anew(panel: Committee) -> None:
    meeting = Meeting.objects.create(committee=panel, day="2017-05-01", state="held")
    for at, number in enumerate(("53/24", "54/24"), start=1):
        Item.objects.create(meeting=meeting, position=at, number=number, running=24, title="x")
    panel.refresh_from_db()
    actions.change_committee(panel, panel.version, {"number_form": "53/24", "number_runs": "first"})
    assert list(meeting.items.values_list("running", flat=True)) == [53, 54]
