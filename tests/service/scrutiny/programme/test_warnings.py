"""A topic too long off the agenda warns, and a follow-up that has no meeting."""

from collections.abc import Callable
from datetime import date

import pytest

from sightline.service.scrutiny.models import Ask, Committee, Item, Meeting, Topic
from sightline.service.scrutiny.programme import actions, queries
from sightline.service.scrutiny.programme.warnings import not_in_order, too_long_off, warnings_of

pytestmark = pytest.mark.django_db

MeetingOn = Callable[..., Meeting]


def _topic(panel: Committee, **about: object) -> Topic:
    topic = actions.add_topic("Safeguarding improvement plan", committee=panel, **about)
    return queries.topics().get(pk=topic.pk)


def _on_agenda(topic: Topic, meeting: Meeting) -> Topic:
    Item.objects.create(meeting=meeting, position=1, title="Plan", topic=topic)
    return queries.topics().get(pk=topic.pk)


def test_one_that_was_on_the_agenda_within_its_time_does_not_warn(
    panel: Committee, meeting_on: MeetingOn
) -> None:
    topic = _on_agenda(_topic(panel, review_months=6), meeting_on(-100))
    assert too_long_off(topic, date(2027, 5, 30)) == ""
    assert too_long_off(topic, date(2027, 6, 1)).startswith("It has not been on the agenda since ")


def test_the_plan_that_was_not_on_the_agenda_since_march_2016(
    panel: Committee, meeting_on: MeetingOn
) -> None:
    held = Meeting.objects.create(committee=panel, day=date(2016, 3, 17), state="held")
    topic = _on_agenda(_topic(panel, review_months=12), held)
    said = too_long_off(topic, date(2017, 9, 13))
    assert said == (
        "It has not been on the agenda since 17 March 2016; it should be at least once in 12 months. "
        "It is not planned."
    )


def test_that_it_is_planned_is_said_and_ends_no_warning(
    panel: Committee, meeting_on: MeetingOn
) -> None:
    topic = _topic(panel, review_months=3, since=date(2026, 1, 1))
    actions.plan_entry(panel, "t", meeting=meeting_on(22), topic=topic)
    said = too_long_off(queries.topics().get(), date(2027, 3, 10))
    assert "on no agenda since it was first followed on 1 January 2026" in said
    assert said.endswith("It is planned for 1 April 2027.")


def test_a_topic_that_need_not_come_back_never_warns(panel: Committee) -> None:
    assert too_long_off(_topic(panel, since=date(2000, 1, 1)), date(2027, 3, 10)) == ""


def test_a_meeting_that_did_not_take_place_is_no_meeting(
    panel: Committee, meeting_on: MeetingOn
) -> None:
    topic = _on_agenda(
        _topic(panel, review_months=1, since=date(2026, 1, 1)), meeting_on(-5, "inquorate")
    )
    assert "on no agenda" in too_long_off(topic, date(2027, 3, 10))


def test_a_follow_up_without_a_meeting_warns(
    panel: Committee, ask_of: Callable[..., Ask], today: date
) -> None:
    entry = actions.schedule_follow_up(ask_of(due=date(2027, 9, 20)))
    assert entry is not None
    assert not_in_order(entry, today) == (
        "This follow-up is due in September 2027 and has no meeting yet."
    )
    assert "which is past" in not_in_order(entry, date(2027, 10, 1))
    waiting = actions.schedule_follow_up(ask_of(awaits="the roll-out"))
    assert waiting is not None
    assert "no meeting and no month" in not_in_order(waiting, today)


def test_what_is_planned_in_a_month_warns_once_it_is_past(panel: Committee) -> None:
    entry = actions.plan_entry(panel, "a", month=date(2027, 3, 1))
    assert not_in_order(entry, date(2027, 3, 31)) == ""
    assert "which is past" in not_in_order(entry, date(2027, 4, 1))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("cancelled", "was cancelled. Give it another meeting."),
        ("inquorate", "was not quorate. Give it another meeting."),
        ("held", "is over. Say whether it was done."),
        ("planned", ""),
    ],
)
def test_a_meeting_that_is_over_asks_what_became_of_it(
    panel: Committee, meeting_on: MeetingOn, today: date, state: str, said: str
) -> None:
    meeting = meeting_on(20)
    entry = actions.plan_entry(panel, "a", meeting=meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    [found] = queries.planned(panel)
    assert not_in_order(found, today).endswith(said) if said else not not_in_order(found, today)
    actions.entry_done(entry, 1)
    assert warnings_of(panel) == []
