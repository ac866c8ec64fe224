"""A panel with two meetings held and one to come, and asks in any state. Every person is invented."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.scrutiny.asks import actions
from sightline.service.scrutiny.models import (
    Ask,
    AskState,
    AskStep,
    Committee,
    Item,
    Meeting,
    Reply,
)

WORDS = "Comparative data on waiting times for treatment and the numbers of children waiting"


@pytest.fixture
def panel(db: None) -> Committee:
    return Committee.objects.create(
        name="Children and Families Overview and Scrutiny Panel",
        slug="children-and-families",
        kind=Committee.Kind.SCRUTINY,
        number_form="285",
    )


@pytest.fixture
def made_at(panel: Committee) -> Meeting:
    """The meeting at which asks are made, a hundred days ago, with minute 289."""
    return _held(panel, 100, "289")


@pytest.fixture
def later(made_at: Meeting) -> Meeting:
    """A meeting held ten days ago, with minute 295."""
    return _held(made_at.committee, 10, "295")


def _held(committee: Committee, days_ago: int, number: str) -> Meeting:
    meeting = Meeting.objects.create(
        committee=committee,
        day=timezone.localdate() - timedelta(days=days_ago),
        state=Meeting.State.HELD,
        minutes_state=Meeting.MinutesState.CONFIRMED,
    )
    Item.objects.create(
        meeting=meeting, position=1, number=number, running=int(number), title="Annual report"
    )
    return meeting


@pytest.fixture
def item(made_at: Meeting) -> Item:
    return made_at.items.get()


@pytest.fixture
def officer(make_person: Callable[..., Person]) -> Person:
    return make_person("scrutiny_officer", email="officer@example.org")


@pytest.fixture
def lead(make_person: Callable[..., Person]) -> Person:
    return make_person("service_manager", email="lead@example.org")


@pytest.fixture
def make(item: Item, lead: Person) -> Callable[..., Ask]:
    """Make an ask of minute 289, in a state."""

    def make_in(state: AskState = AskState.MADE, **more: Any) -> Ask:
        due = more.pop("due", None)
        kind = more.pop("kind", "request")
        of = more.pop("of", item)
        text = more.pop("text", WORDS)
        committee = more.pop("committee", of.meeting.committee)
        ask = actions.make_ask(of, kind, text, committee=committee, lead=lead, **more)
        changes: dict[str, Any] = {"state": state}
        if due is not None:
            changes["due"] = timezone.localdate() + timedelta(days=due)
        if state == AskState.CLOSED:
            changes |= {"closed_at": of.meeting, "closed_minute": "289"}
        Ask.objects.filter(pk=ask.pk).update(**changes)
        return Ask.objects.select_related("committee", "item", "lead").get(pk=ask.pk)

    return make_in


def sent(ask: Ask, text: str = "An answer.", *, days_ago: int = 0, **more: Any) -> Reply:
    """Have a reply sent to an ask some days ago, whatever its state."""
    at = timezone.now() - timedelta(days=days_ago)
    return Reply.objects.create(ask=ask, text=text, sent_at=at, written_at=at, **more)


def reopened(ask: Ask, *, days_ago: int = 0) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    AskStep.objects.create(ask=ask, before="closed", after="reopened", at=at)


def today() -> date:
    return timezone.localdate()


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """Do pieces of work at the same time, each on a connection of its own."""

    def alone(each: Callable[[], Any]) -> Any:
        try:
            return each()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return [each.result(60) for each in [pool.submit(alone, each) for each in work]]
