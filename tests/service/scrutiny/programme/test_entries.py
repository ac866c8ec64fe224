"""Entries of the programme are planned, moved with their history, done or dropped with a reason."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import ConflictError
from sightline.service.audit.models import AuditEntry
from sightline.service.scrutiny.models import (
    Ask,
    Committee,
    EntryMove,
    Item,
    Meeting,
    ProgrammeEntry,
)
from sightline.service.scrutiny.programme import actions, queries
from sightline.service.scrutiny.programme.actions import ProgrammeError

pytestmark = pytest.mark.django_db

MeetingOn = Callable[..., Meeting]
AskOf = Callable[..., Ask]


def test_an_entry_stands_at_a_meeting_and_on_its_agenda(
    panel: Committee, meeting_on: MeetingOn
) -> None:
    meeting = meeting_on(20)
    entry = actions.plan_entry(panel, "Missing children", meeting=meeting, purpose="p", outcome="o")
    assert list(queries.entries_for(meeting)) == [entry]
    actions.drop_entry(entry, 1, "The service was inspected meanwhile")
    assert list(queries.entries_for(meeting)) == []


def test_a_month_is_kept_as_its_first_day_and_a_meeting_is_worth_more(
    panel: Committee, meeting_on: MeetingOn
) -> None:
    entry = actions.plan_entry(panel, "a", month=date(2027, 9, 17))
    assert (entry.month, queries.when(entry)) == (date(2027, 9, 1), date(2027, 9, 1))
    both = actions.plan_entry(panel, "b", month=date(2027, 9, 17), meeting=meeting_on(20))
    assert both.month is None


@pytest.mark.parametrize("state", ["held", "cancelled", "inquorate", "open"])
def test_nothing_is_planned_for_a_meeting_that_is_not_ahead(
    panel: Committee, meeting_on: MeetingOn, state: str
) -> None:
    with pytest.raises(ProgrammeError, match="Nothing can be planned"):
        actions.plan_entry(panel, "a", meeting=meeting_on(1, state))


def test_nothing_is_planned_for_the_meeting_of_another_committee(
    panel: Committee, board: Committee, meeting_on: MeetingOn
) -> None:
    with pytest.raises(ProgrammeError, match="is no meeting of"):
        actions.plan_entry(board, "a", meeting=meeting_on(20))


def test_where_it_stood_and_why_it_moved_is_kept(
    panel: Committee, meeting_on: MeetingOn, make_person: Callable[..., Person]
) -> None:
    officer = make_person("scrutiny_officer")
    first, then = meeting_on(20), meeting_on(60)
    entry = actions.plan_entry(panel, "a", meeting=first)
    actions.move_entry(entry, 1, meeting=then, month=None, why="The figures come late", by=officer)
    actions.move_entry(entry, 2, meeting=None, month=date(2027, 11, 5), why="Again", by=officer)
    entry.refresh_from_db()
    assert (entry.meeting, entry.month) == (None, date(2027, 11, 1))
    moves = EntryMove.objects.filter(entry=entry)
    assert [(m.from_meeting, m.to_meeting, m.to_month, m.why) for m in moves] == [
        (first, then, None, "The figures come late"),
        (then, None, date(2027, 11, 1), "Again"),
    ]
    told = AuditEntry.objects.filter(subject="scrutiny_programmeentry", verb="update")
    assert {each.reason for each in told} == {"The figures come late", "Again"}


def test_it_does_not_move_to_where_it_stands(panel: Committee, meeting_on: MeetingOn) -> None:
    entry = actions.plan_entry(panel, "a", meeting=meeting_on(20))
    with pytest.raises(ProgrammeError, match="stands there already"):
        actions.move_entry(entry, 1, meeting=entry.meeting, month=None, why="x", by=None)


def test_who_moves_it_second_overwrites_nothing(panel: Committee, meeting_on: MeetingOn) -> None:
    entry = actions.plan_entry(panel, "a", meeting=meeting_on(20))
    then = meeting_on(60)
    actions.move_entry(entry, 1, meeting=then, month=None, why="first", by=None)
    with pytest.raises(ConflictError):
        actions.move_entry(entry, 1, meeting=meeting_on(90), month=None, why="second", by=None)
    entry.refresh_from_db()
    assert (entry.meeting, entry.moves.count()) == (then, 1)


@pytest.mark.parametrize("first", ["done", "dropped"])
def test_what_is_over_is_not_done_dropped_or_moved(panel: Committee, first: str) -> None:
    entry = actions.plan_entry(panel, "a", month=date(2027, 9, 1))
    if first == "done":
        actions.entry_done(entry, 1, "The panel asked for more")
    else:
        actions.drop_entry(entry, 1, "No longer needed")
    for again in (
        lambda: actions.entry_done(entry, 2),
        lambda: actions.drop_entry(entry, 2, "why"),
        lambda: actions.move_entry(
            entry, 2, meeting=None, month=date(2027, 10, 1), why="w", by=None
        ),
    ):
        with pytest.raises(ProgrammeError, match=f"{first} already"):
            again()


def test_the_database_keeps_no_entry_dropped_without_a_reason(panel: Committee) -> None:
    entry = actions.plan_entry(panel, "a")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeEntry.objects.filter(pk=entry.pk).update(state="dropped")


# Follow-ups


def test_a_follow_up_stands_at_the_first_meeting_on_or_after_its_day(
    ask_of: AskOf, meeting_on: MeetingOn, today: date
) -> None:
    meeting_on(10)
    meeting_on(30, "cancelled")
    right = meeting_on(40)
    meeting_on(70)
    ask = ask_of(due=date(2027, 4, 5), due_rule="A computed date: “in six months’ time”.")
    entry = actions.schedule_follow_up(ask)
    assert entry is not None
    assert (entry.meeting, entry.month) == (right, None)
    assert entry.title == "A further update in six months’ time"
    assert "289a" in entry.purpose
    assert "in six months’ time" in entry.purpose


def test_on_the_day_itself_counts(ask_of: AskOf, meeting_on: MeetingOn) -> None:
    meeting = meeting_on(26)
    entry = actions.schedule_follow_up(ask_of(due=meeting.day))
    assert entry is not None
    assert entry.meeting == meeting


def test_where_no_meeting_is_called_it_stands_in_the_month(ask_of: AskOf) -> None:
    entry = actions.schedule_follow_up(ask_of(due=date(2027, 9, 20)))
    assert entry is not None
    assert (entry.meeting, entry.month) == (None, date(2027, 9, 1))


def test_what_waits_for_an_event_has_no_month(ask_of: AskOf) -> None:
    entry = actions.schedule_follow_up(ask_of(awaits="when the roll-out takes place"))
    assert entry is not None
    assert (entry.meeting, entry.month) == (None, None)
    assert "roll-out" in entry.purpose


def test_without_a_day_nothing_is_guessed(ask_of: AskOf) -> None:
    assert actions.schedule_follow_up(ask_of()) is None


@pytest.mark.parametrize("state", ["rejected", "not_feasible"])
def test_what_is_over_has_no_follow_up(ask_of: AskOf, state: str) -> None:
    assert actions.schedule_follow_up(ask_of(due=date(2027, 9, 20), state=state)) is None


def test_it_is_planned_once(ask_of: AskOf) -> None:
    ask = ask_of(due=date(2027, 9, 20))
    assert actions.schedule_follow_up(ask) == actions.schedule_follow_up(ask)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeEntry.objects.create(committee=ask.committee, title="x", from_ask=ask)


def test_what_arose_in_private_is_in_the_programme_by_its_summary_alone(ask_of: AskOf) -> None:
    private: dict[str, Any] = {"privacy": "exempt", "paragraph": 3, "why_exempt": "contract"}
    ask = ask_of("The secret price", item=private, due=date(2027, 9, 20), public_summary="Costs")
    entry = actions.schedule_follow_up(ask)
    assert entry is not None
    assert entry.title == "Costs"
    bare = actions.schedule_follow_up(ask_of("Another secret", item=private, due=date(2027, 9, 20)))
    assert bare is not None
    assert "secret" not in bare.title + bare.purpose


def test_what_is_planned_comes_in_order_of_time(panel: Committee, meeting_on: MeetingOn) -> None:
    later = actions.plan_entry(panel, "later")
    month = actions.plan_entry(panel, "month", month=date(2027, 5, 1))
    meeting = actions.plan_entry(panel, "meeting", meeting=meeting_on(20))
    assert queries.planned(panel) == [meeting, month, later]


def test_an_agenda_item_says_when_a_topic_was_last_looked_at(
    panel: Committee, meeting_on: MeetingOn
) -> None:
    topic = actions.add_topic("Missing children", committee=panel)
    for days, state in ((-200, "held"), (-100, "held"), (-50, "cancelled")):
        Item.objects.create(meeting=meeting_on(days, state), position=1, title="t", topic=topic)
    actions.plan_entry(panel, "t", meeting=meeting_on(30), topic=topic)
    found = queries.topics().get()
    assert found.last_on == meeting_on(-100).day  # type: ignore[attr-defined]
    assert found.next_on == meeting_on(30).day  # type: ignore[attr-defined]
