"""The demonstration of scrutiny: meetings in several states, requests with figures; made once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.service.accounts.demonstration import Places, make_people
from sightline.service.accounts.models import Person
from sightline.service.scrutiny import demonstration
from sightline.service.scrutiny.models import (
    Ask,
    Committee,
    Declaration,
    Document,
    Meeting,
    Member,
    ProgrammeEntry,
    TaskGroup,
    Topic,
)
from sightline.service.scrutiny.numbering import gaps

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def made(published_reading: Any) -> None:
    make_people(Places({"Team 1": "Redditch"}, "Team 1", "Team 1", "Worker 1", "Redditch"))
    demonstration.make_scrutiny()


def test_what_there_is_to_see(made: None) -> None:
    found = Meeting.objects.order_by("day").values_list("state", "minutes_state")
    assert list(found) == [
        ("held", "confirmed"),
        ("held", "confirmed"),
        ("held", "confirmed"),
        ("held", "draft"),
        ("called", "none"),
    ]
    panel = Committee.objects.get(slug="children-and-families")
    items = [each for m in panel.meetings.exclude(state="called") for each in m.items.all()]
    seen = [each.running for each in items if each.running]
    assert (245, 284) in gaps(seen)
    assert {
        "closed",
        "rejected",
        "not_feasible",
        "evidenced",
        "sent",
        "made",
        "part_accepted",
    } <= set(Ask.objects.values_list("state", flat=True))
    with_figures = Ask.objects.filter(replies__figures__isnull=False).distinct()
    assert with_figures.count() >= 2
    assert all(
        figure.shown["rows"]
        for ask in with_figures
        for r in ask.replies.all()
        for figure in r.figures.all()
    )
    assert not Ask.objects.filter(
        replies__published_at__isnull=False, replies__sent_at=None
    ).exists()
    assert Declaration.objects.get().cited == "CS.06" and Declaration.objects.get().item is None
    waiting = Document.objects.get(state="read")
    assert waiting.is_truncated
    assert Topic.objects.count() == 3 and ProgrammeEntry.objects.count() == 2
    assert TaskGroup.objects.get().state == "reported"


def test_everybody_named_says_that_they_are_invented(made: None) -> None:
    assert all("Invented" in each.name for each in Member.objects.all())
    for meeting in Meeting.objects.all():
        assert all("Invented" in each.name for each in meeting.attendance.all())
        assert not meeting.chair or "Invented" in meeting.chair


def test_made_again_nothing_is_made_twice(made: None) -> None:
    before = Ask.objects.count(), Meeting.objects.count(), Document.objects.count()
    demonstration.make_scrutiny()
    assert (Ask.objects.count(), Meeting.objects.count(), Document.objects.count()) == before


def test_without_accounts_and_figures_it_is_made_all_the_same(db: None) -> None:
    demonstration.make_scrutiny()
    assert Meeting.objects.count() == 5


def test_every_page_of_it_opens(
    made: None, make_person: Callable[..., Person], client_of: Callable[[Person], Client]
) -> None:
    officer, public = client_of(make_person("scrutiny_officer")), Client()
    opened = [
        *((officer, "meeting", each.pk) for each in Meeting.objects.all()),
        *((public, "public-meeting", each.pk) for each in Meeting.objects.all()),
        *((officer, "request", each.pk) for each in Ask.objects.all()),
        *((officer, "document", each.pk) for each in Document.objects.all()),
        *((officer, "committee", each.slug) for each in Committee.objects.all()),
        *((officer, "topic", each.slug) for each in Topic.objects.all()),
    ]
    statuses = {
        (name, at): client.get(reverse(name, args=[at])).status_code for client, name, at in opened
    }
    assert {where: status for where, status in statuses.items() if status != 200} == {}
