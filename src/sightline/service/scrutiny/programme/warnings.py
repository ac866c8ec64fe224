"""What the work programme warns of: a topic too long off the agenda, a follow-up that has no meeting.

A topic warns once it has been off the agenda of its committee for longer than its set time, counted from
the last meeting it was on, or from the day it was first followed. That it is planned is said beside it and
ends no warning: only the meeting does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from sightline.clocks.months import add_months
from sightline.present.words import day as in_words
from sightline.service.scrutiny.models import Committee, Meeting, ProgrammeEntry, Topic
from sightline.service.scrutiny.programme import queries

_STATE = Meeting.State


@dataclass(frozen=True)
class Warning:
    """One thing to be looked at: what it is about, a sentence, and where it is put right."""

    about: str
    sentence: str
    href: str


def warnings_of(
    committee: Committee,
    on: date | None = None,
    planned: Iterable[ProgrammeEntry] | None = None,
) -> list[Warning]:
    """Give what a committee's programme warns of on a day, topics first, then entries in order of time.

    `planned` are its entries, where they were read before.
    """
    today = on or timezone.localdate()
    entries = queries.planned(committee) if planned is None else planned
    return [*of_topics(queries.topics(committee), today), *of_entries(entries, today)]


def of_topics(topics: Iterable[Topic], today: date) -> list[Warning]:
    """Give a warning for each topic that was too long off the agenda. Topics as `queries.topics` gives."""
    return [
        Warning(topic.title, sentence, reverse("topic", args=[topic.slug]))
        for topic in topics
        if (sentence := too_long_off(topic, today))
    ]


def too_long_off(topic: Topic, today: date) -> str:
    """Say that a topic was off the agenda for longer than its set time; empty where it was not."""
    if topic.review_months is None:
        return ""
    last: date | None = topic.last_on  # type: ignore[attr-defined]
    coming: date | None = topic.next_on  # type: ignore[attr-defined]
    if add_months(last or topic.since, topic.review_months) >= today:
        return ""
    months = "a month" if topic.review_months == 1 else f"{topic.review_months} months"
    said = (
        f"It has not been on the agenda since {in_words(last)}"
        if last
        else f"It has been on no agenda since it was first followed on {in_words(topic.since)}"
    )
    then = f"It is planned for {in_words(coming)}." if coming else "It is not planned."
    return f"{said}; it should be at least once in {months}. {then}"


def of_entries(entries: Iterable[ProgrammeEntry], today: date) -> list[Warning]:
    """Give a warning for each planned entry that nobody has placed, or whose meeting is over."""
    return [
        Warning(entry.title, sentence, reverse("entry", args=[entry.pk]))
        for entry in entries
        if (sentence := not_in_order(entry, today))
    ]


def not_in_order(entry: ProgrammeEntry, today: date) -> str:
    """Say what is amiss with where a planned entry stands; empty where nothing is."""
    if entry.state != ProgrammeEntry.State.PLANNED:
        return ""
    if entry.meeting is not None:
        return _of_meeting(entry.meeting, today)
    follow_up = entry.from_ask_id is not None
    if entry.month is None:
        return "This follow-up has no meeting and no month." if follow_up else ""
    month = f"{entry.month:%B %Y}"
    if add_months(entry.month, 1) <= today:
        return f"It was planned for {month}, which is past, and had no meeting. Give it one."
    return f"This follow-up is due in {month} and has no meeting yet." if follow_up else ""


def _of_meeting(meeting: Meeting, today: date) -> str:
    held = in_words(meeting.day) or "no date"
    if meeting.state in _WHY_NOT:
        why = _WHY_NOT[_STATE(meeting.state)]
        return f"The meeting of {held} was {why}. Give it another meeting."
    if meeting.state == _STATE.HELD or (meeting.day and meeting.day < today):
        return f"The meeting of {held} is over. Say whether it was done."
    return ""


_WHY_NOT = {_STATE.CANCELLED: "cancelled", _STATE.INQUORATE: "not quorate"}
