"""What follows from a change of an ask: the search, its repetition, its evidence, and who reads it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from service.scrutiny.asks.conftest import sent, today
from sightline.service.accounts.models import Person
from sightline.service.scrutiny.asks import actions
from sightline.service.scrutiny.asks.exporting import rows_of
from sightline.service.scrutiny.asks.queries import asks_seen_by
from sightline.service.scrutiny.asks.standing import evidence
from sightline.service.scrutiny.asks.who import may_read, readable
from sightline.service.scrutiny.models import (
    Ask,
    AskState,
    Committee,
    Item,
    Meeting,
    PublishedText,
)
from sightline.service.scrutiny.public import visible

pytestmark = pytest.mark.django_db
Make = Callable[..., Ask]


def _change(ask: Ask, **changes: Any) -> None:
    actions.change_ask(ask, ask.version, changes)


def test_the_search_follows_what_an_ask_says_to_the_public(make: Make) -> None:
    ask = make()
    _change(ask, summary="Waiting times")
    assert PublishedText.objects.get().title == "289a Waiting times"
    _change(ask, privacy="confidential", public_summary="Somebody called Zed.")
    assert PublishedText.objects.get(kind="ask-summary").text == "Somebody called Zed."
    _change(ask, public_summary="A family.")
    assert [each.text for each in PublishedText.objects.all()] == ["A family."]
    _change(ask, public_summary="")
    assert not PublishedText.objects.exists()


@pytest.mark.parametrize("number", ["53/24", "SR (25/26) 01"])
def test_one_that_recurs_is_answered_whatever_its_number_looks_like(
    item: Item, lead: Person, number: str
) -> None:
    Item.objects.filter(pk=item.pk).update(number=number)
    item.refresh_from_db()
    committee = item.meeting.committee
    ask = actions.make_ask(item, "request", "Data", committee=committee, lead=lead, recurs_months=6)
    taken = f"{ask.reference}/2"
    actions.make_ask(None, "request", "Another", committee=committee, reference=taken)
    for which in (3, 4):
        actions.send_reply(actions.write_reply(ask, "An answer.", by=lead), by=lead)
        ask = Ask.objects.get(same_as=ask)
        assert ask.reference == f"{number}a/{which}"


def test_a_repetition_is_no_more_public_than_what_it_repeats(panel: Committee) -> None:
    ask = actions.make_ask(None, "request", "By hand", committee=panel, recurs_months=6)
    actions.send_reply(actions.write_reply(ask, "An answer.", by=None), by=None)
    assert Ask.objects.get(same_as=ask).reference == "R1/2"
    assert not visible.asks().exists()


def test_evidence_the_committee_found_not_enough_is_none_any_more(
    make: Make, later: Meeting, officer: Person
) -> None:
    ask = make(AskState.EVIDENCED)
    sent(ask, evidence="A report.", days_ago=20)
    assert evidence().filter(ask=ask).exists()
    actions.take_step(
        ask, AskState.IN_PROGRESS, by=officer, why="Too thin.", meeting=later, minute="295"
    )
    assert not evidence().filter(ask=ask).exists()
    with pytest.raises(ValidationError, match="what shows it"):
        actions.take_step(ask, AskState.EVIDENCED, by=officer)
    with pytest.raises(ValidationError, match="Nothing is green"):
        actions.judge(ask, ask.version, "green", "It is fine.", by=officer)


def test_whoever_keeps_a_board_reads_what_arose_there_in_private(
    make: Make, make_person: Callable[..., Person], client_of: Callable[[Person], Client]
) -> None:
    board = Committee.objects.create(name="Board", slug="board", kind="board")
    own = actions.make_ask(None, "request", "Zebra", committee=board, privacy="confidential")
    others = make(privacy="confidential", public_summary="A matter.")
    manager = make_person("board_manager")
    assert may_read(manager, own) and not may_read(manager, others)
    assert set(readable(manager, Ask.objects.all())) == {own, others}
    client = client_of(manager)
    assert "Zebra" in client.get(reverse("request", args=[own.pk])).content.decode()
    assert client.get(reverse("request", args=[others.pk])).status_code == 403
    _change(own, summary="In short")
    assert client.get(reverse("request-step", args=[own.pk, "sent"])).status_code == 200


def test_a_file_says_no_more_of_a_private_ask_than_its_summary(
    make: Make, item: Item, make_person: Callable[..., Person]
) -> None:
    ask = make(addressee="Zebra", due_words="when Zebra moves", public_summary="A matter.")
    Item.objects.filter(pk=item.pk).update(
        privacy="exempt", paragraph=1, why_exempt="It tells of a child."
    )
    (row,) = rows_of(
        asks_seen_by(make_person("commissioner"), today()), make_person("commissioner"), today()
    )
    assert row["words"] == "A matter." and row["restricted"] is True
    assert "Zebra" not in str(row)
    assert ask.awaits  # so that there was something to leave out


def test_a_notice_is_not_received_before_it_is(make: Make) -> None:
    ask = make()
    said = {"notice_received": today() + timedelta(days=1), "statutory_clock": "executive"}
    with pytest.raises(ValidationError, match="cannot have come in the future"):
        actions.change_ask(ask, ask.version, said)


def test_what_is_public_when_it_is_made_is_found_at_once(
    item: Item, panel: Committee, officer: Person
) -> None:
    actions.make_ask(item, "request", "Zebra words", committee=panel)
    row = {"reference": "A1", "text": "Quokka words", "number": 2}
    actions.import_tracker(panel, [row], "tracker.csv", by=officer)
    assert set(PublishedText.objects.values_list("text", flat=True)) == {
        "Zebra words",
        "Quokka words",
    }
    Meeting.objects.filter(pk=item.meeting_id).update(minutes_state="draft")
    item.refresh_from_db()
    actions.make_ask(item, "request", "Drafted words", committee=panel)
    assert not PublishedText.objects.filter(text="Drafted words").exists()
