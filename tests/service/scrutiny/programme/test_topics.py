"""A topic's page has all that was said of it, in order of time, and nothing somebody may not read."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.service.accounts.models import Person
from sightline.service.scrutiny.models import (
    Ask,
    Committee,
    ForwardPlanEntry,
    Item,
    Meeting,
    Reply,
    Topic,
)
from sightline.service.scrutiny.programme import actions
from sightline.service.scrutiny.programme.timeline import timeline

pytestmark = pytest.mark.django_db

PRIVATE: dict[str, Any] = {"privacy": "exempt", "paragraph": 3, "why_exempt": "contract"}
Make = Callable[..., Person]
ClientOf = Callable[[Person], Client]


@pytest.fixture
def topic(panel: Committee) -> Topic:
    return actions.add_topic("Missing children", committee=panel)


def _words(topic: Topic, person: Person) -> str:
    return "\n".join(f"{each.title} {each.words}" for each in timeline(topic, person))


def test_it_is_in_order_of_time_the_latest_first(
    topic: Topic,
    panel: Committee,
    ask_of: Callable[..., Ask],
    meeting_on: Callable[..., Meeting],
    make_person: Make,
) -> None:
    ask = ask_of(topic=topic)
    Item.objects.filter(pk=ask.item_id).update(topic=topic)
    Reply.objects.create(ask=ask, text="a", sent_at=datetime(2027, 2, 1, 12, tzinfo=UTC))
    actions.plan_entry(panel, "Update", meeting=meeting_on(30), topic=topic)
    ForwardPlanEntry.objects.create(
        title="Contract", decision_maker="Cabinet", planned_for=date(2027, 6, 1), topic=topic
    )
    events = timeline(topic, make_person("councillor"))
    assert [event.kind for event in events] == [
        "Forward plan",
        "Planned",
        "Answer",
        "On the agenda",
        "Request for information",
    ]
    days = [event.day for event in events if event.day]
    assert days == sorted(days, reverse=True)


def test_drafts_of_minutes_are_for_who_keeps_the_committee(
    topic: Topic, meeting_on: Callable[..., Meeting], make_person: Make
) -> None:
    meeting = meeting_on(-10, minutes_state="draft")
    Item.objects.create(
        meeting=meeting, position=1, title="Missing", minute="drafted words", topic=topic
    )
    assert "drafted words" not in _words(topic, make_person("councillor"))
    assert "drafted words" not in _words(topic, make_person("board_manager"))
    assert "drafted words" in _words(topic, make_person("scrutiny_officer"))
    Meeting.objects.update(minutes_state="confirmed")
    assert "drafted words" in _words(topic, make_person("councillor"))


def test_what_is_private_is_for_who_may_read_private_papers(
    topic: Topic, ask_of: Callable[..., Ask], make_person: Make
) -> None:
    ask = ask_of("secret words", item=PRIVATE, topic=topic, public_summary="Costs")
    Item.objects.filter(pk=ask.item_id).update(topic=topic, minute="secret minute")
    Reply.objects.create(
        ask=ask, text="secret answer", sent_at=datetime(2027, 2, 1, 12, tzinfo=UTC)
    )
    bare = ask_of("secret too", item=PRIVATE, topic=topic)
    analyst = _words(topic, make_person("analyst"))
    assert "secret" not in analyst
    assert "Costs" in analyst
    assert bare.reference not in analyst
    assert _words(topic, make_person("councillor")).count("secret") == 4


def test_an_answer_that_was_not_sent_is_nobodys(
    topic: Topic, ask_of: Callable[..., Ask], make_person: Make
) -> None:
    Reply.objects.create(ask=ask_of(topic=topic), text="unsent")
    assert "unsent" not in _words(topic, make_person("scrutiny_officer"))


def test_what_there_is_already_is_put_under_a_topic(
    topic: Topic, ask_of: Callable[..., Ask], make_person: Make, client_of: ClientOf
) -> None:
    ask = ask_of("Figures of missing episodes")
    other = ask_of("Waiting times")
    private = ask_of("secret episodes", item=PRIVATE, privacy="exempt")
    client = client_of(make_person("scrutiny_officer"))
    address = reverse("gather-topic", args=[topic.slug])
    page = client.get(address, {"q": "episodes"}).content.decode()
    assert ask.reference in page
    assert other.reference not in page
    assert private.reference not in page
    client.post(address, {"ask": [ask.pk, "x"], "item": [ask.item_id]})
    assert list(topic.asks.all()) == [ask]
    assert list(topic.items.all()) == [ask.item]


def test_a_board_manager_puts_nothing_of_a_panel_under_a_topic(
    panel: Committee, ask_of: Callable[..., Ask], make_person: Make, client_of: ClientOf
) -> None:
    shared = actions.add_topic("Shared")
    ask = ask_of()
    client = client_of(make_person("board_manager"))
    client.post(reverse("gather-topic", args=[shared.slug]), {"ask": [ask.pk]})
    assert shared.asks.count() == 0
    own = actions.add_topic("The panel's", committee=panel)
    for name in ("change-topic", "gather-topic"):
        assert client.get(reverse(name, args=[own.slug])).status_code == 403


def test_a_topic_names_only_indicators_there_are(
    topic: Topic, make_person: Make, client_of: ClientOf
) -> None:
    client = client_of(make_person("scrutiny_officer"))
    address = reverse("change-topic", args=[topic.slug])
    sent = {
        "title": "Missing",
        "version": 1,
        "since_day": 1,
        "since_month": 1,
        "since_year": 2027,
        "indicators": "mi-01, XX-99",
    }
    page = client.post(address, sent).content.decode()
    assert "There is no indicator XX-99" in page
    client.post(address, {**sent, "indicators": "mi-01, mi-02 MI-01"})
    topic.refresh_from_db()
    assert topic.indicators == "MI-01 MI-02"


def test_two_topics_of_a_title_have_two_addresses(topic: Topic) -> None:
    again = actions.add_topic("Missing children!")
    assert (topic.slug, again.slug) == ("missing-children", "missing-children-2")
    assert actions.add_topic("???").slug == "unnamed"


def test_its_figures_stand_on_its_page_protected(
    topic: Topic, published_reading: Any, make_person: Make, client_of: ClientOf
) -> None:
    Topic.objects.update(indicators="CP-09 MI-99")
    page = client_of(make_person("analyst")).get(reverse("topic", args=[topic.slug]))
    text = page.content.decode()
    assert "Small numbers are protected" in text
    assert "CP-09" in text
    assert "There is no published figure of MI-99" in text
