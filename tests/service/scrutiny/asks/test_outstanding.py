"""Matters outstanding, which the next agenda and the pack begin with."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from service.scrutiny.asks.conftest import sent, today
from sightline.service.scrutiny.asks.due import NO_NEXT_MEETING
from sightline.service.scrutiny.asks.queries import outstanding
from sightline.service.scrutiny.models import Ask, AskState, Item, Meeting
from sightline.service.scrutiny.models.meetings import Privacy

pytestmark = pytest.mark.django_db
Make = Callable[..., Ask]


def test_each_ask_stands_once_and_what_is_not_due_does_not(make: Make, later: Meeting) -> None:
    overdue = make(AskState.SENT, due=-40)
    due = make(AskState.IN_PROGRESS, due=0)
    make(AskState.SENT, due=1)
    make(AskState.SENT)
    make(AskState.CLOSED, due=-40)
    answered_before = make(AskState.REPLIED, due=-40)
    sent(answered_before, days_ago=11)
    answered = make(AskState.IN_PROGRESS, due=-40)
    reply = sent(answered, days_ago=9)
    evidenced = make(AskState.EVIDENCED, due=-40)
    sent(evidenced, days_ago=9)
    rejected = make(AskState.REJECTED)
    found = outstanding(later.committee, today())
    assert found.since == later.day
    assert [each.ask for each in found.due] == [overdue, due]
    assert [(each.ask, each.replies) for each in found.replied] == [(answered, (reply,))]
    assert [each.ask for each in found.proposed] == [evidenced, rejected]
    assert found.total == 5
    assert found.due[0].standing.overdue == "40 days and 1 meeting overdue"
    assert found.sentence.startswith("2 due or overdue, 1 answered")


def test_what_is_due_at_the_next_meeting_is_due_at_any(make: Make, later: Meeting) -> None:
    ask = make(AskState.SENT)
    Ask.objects.filter(pk=ask.pk).update(due_rule=NO_NEXT_MEETING, due=None)
    assert [each.ask for each in outstanding(later.committee, today()).due] == [ask]
    assert outstanding(later.committee, ask.made_on or today()).total == 0


def test_the_public_sees_of_private_ones_their_summary_or_nothing(
    make: Make, item: Item, later: Meeting
) -> None:
    open_ = make(AskState.SENT, due=-1)
    make(AskState.SENT, due=-2, privacy=Privacy.EXEMPT)
    told = make(AskState.SENT, due=-3, privacy=Privacy.EXEMPT, public_summary="A contract.")
    assert [(each.ask, each.words) for each in outstanding(later.committee, today()).due] == [
        (told, "A contract."),
        (open_, open_.text),
    ]
    every = outstanding(later.committee, today(), private=True).due
    assert [each.words for each in every] == [open_.text] * 3
    meeting = item.meeting
    meeting.minutes_state = Meeting.MinutesState.DRAFT
    meeting.save()
    assert not any(each.is_public for each in outstanding(later.committee, today()).due)


def test_nothing_outstanding_says_so(later: Meeting) -> None:
    assert outstanding(later.committee, today()).sentence.startswith("No request is due")


def test_it_takes_few_queries_however_many_there_are(
    make: Make, later: Meeting, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        sent(make(AskState.IN_PROGRESS, due=-1), days_ago=1)
    with django_assert_max_num_queries(4):
        found = outstanding(later.committee, today())
        assert [each.ask.lead.name for each in found.replied if each.ask.lead]
    assert len(found.replied) == 12
    assert outstanding(later.committee, today() - timedelta(days=99)).total == 0
