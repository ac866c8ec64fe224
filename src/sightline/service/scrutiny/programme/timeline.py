"""A topic over the years: what was on agendas, asked, answered, planned, in order of time.

What somebody may not read is not in theirs: drafts of minutes are for who keeps the committee, what is
private for who may read private papers, an answer that was not sent for nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.urls import reverse
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import SEE_PRIVATE_PAPERS
from sightline.service.scrutiny.asks.who import may_read, readable
from sightline.service.scrutiny.keeping import may_keep
from sightline.service.scrutiny.models import (
    Ask,
    Item,
    ProgrammeEntry,
    QuotedFigure,
    Reply,
    TaskGroup,
    Topic,
)
from sightline.service.scrutiny.models.meetings import Privacy
from sightline.service.scrutiny.programme.queries import when, words_for
from sightline.service.scrutiny.public.visible import is_minuted

MOST = 500
"""Of each kind, the latest; a topic of ten years has fewer."""


@dataclass(frozen=True)
class Event:
    """Something that happened to a topic, or is planned. `day` is None where no day is known.

    `kind` is what it was (`On the agenda`, `Asked`), `about` at whose meeting or from whom, `figures` what
    was quoted with an answer. What `is_ahead` is still to come.
    """

    day: date | None
    kind: str
    title: str
    about: str
    href: str
    words: str = ""
    figures: tuple[QuotedFigure, ...] = ()
    by_month: bool = False
    is_ahead: bool = False


def timeline(topic: Topic, person: Person) -> list[Event]:
    """Give all of a topic that a person may read, the latest first; what has no day comes last."""
    events = chain(
        _items(topic, person),
        _asks(topic, person),
        _replies(topic, person),
        _entries(topic),
        _groups(topic),
        _decisions(topic),
    )
    return sorted(events, key=lambda event: event.day or date.min, reverse=True)


def _items(topic: Topic, person: Person) -> Iterator[Event]:
    private = SEE_PRIVATE_PAPERS.allows(person)
    items = Item.objects.filter(topic=topic).select_related("meeting__committee")
    for item in items.order_by("-meeting__day")[:MOST]:
        meeting = item.meeting
        minuted = is_minuted(meeting) or may_keep(person, meeting.committee)
        open_to = item.privacy == Privacy.PUBLIC or private
        minute = item.minute if open_to else item.public_summary
        yield Event(
            meeting.day,
            "On the agenda",
            f"{item.number} {item.title}".strip(),
            f"{meeting.committee}, {meeting.get_state_display().lower()}",
            reverse("meeting", args=[meeting.pk]),
            minute if minuted else "",
        )


def _asks(topic: Topic, person: Person) -> Iterator[Event]:
    asks = readable(person, Ask.objects.filter(topic=topic))
    asks = asks.select_related("committee", "item", "meeting")
    for ask in asks.order_by("-made_on")[:MOST]:
        yield Event(
            ask.made_on or (ask.meeting.day if ask.meeting else None),
            ask.get_kind_display(),
            words_for(person, ask),
            f"{ask.reference}, {ask.get_state_display().lower()}",
            reverse("request", args=[ask.pk]),
        )


def _replies(topic: Topic, person: Person) -> Iterator[Event]:
    replies = Reply.objects.filter(ask__topic=topic, sent_at__isnull=False)
    replies = replies.select_related("ask__item", "ask__committee", "by").prefetch_related(
        "figures"
    )
    for reply in replies.order_by("-sent_at")[:MOST]:
        if not may_read(person, reply.ask):
            continue
        yield Event(
            timezone.localdate(reply.sent_at) if reply.sent_at else None,
            "Answer",
            f"Answer to {reply.ask.reference}",
            reply.by_name or (str(reply.by) if reply.by else ""),
            reverse("request", args=[reply.ask_id]),
            reply.text,
            tuple(reply.figures.all()),
        )


def _entries(topic: Topic) -> Iterator[Event]:
    # What was done stands as an item of the agenda.
    entries = ProgrammeEntry.objects.filter(topic=topic).exclude(state=ProgrammeEntry.State.DONE)
    for entry in entries.select_related("committee", "meeting")[:MOST]:
        dropped = entry.state == ProgrammeEntry.State.DROPPED
        yield Event(
            when(entry),
            "Dropped" if dropped else "Planned",
            entry.title,
            str(entry.committee),
            reverse("entry", args=[entry.pk]),
            entry.state_reason if dropped else entry.purpose,
            by_month=entry.meeting is None,
            is_ahead=not dropped,
        )


def _groups(topic: Topic) -> Iterator[Event]:
    for group in TaskGroup.objects.filter(topic=topic).select_related("committee")[:MOST]:
        yield Event(
            group.reported or group.began,
            "Task-and-finish group",
            group.title,
            f"{group.committee}, {group.get_state_display().lower()}",
            reverse("task-group", args=[group.slug]),
        )


def _decisions(topic: Topic) -> Iterator[Event]:
    for entry in topic.forward_plan.all()[:MOST]:
        yield Event(
            entry.planned_for,
            "Forward plan",
            entry.title,
            entry.decision_maker,
            reverse("planned-decision", args=[entry.pk]),
            is_ahead=entry.planned_for >= timezone.localdate(),
        )
