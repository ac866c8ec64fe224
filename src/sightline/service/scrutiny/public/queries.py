"""What the public pages ask: rows of `visible`, as they are `shown`. Nothing here writes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils import timezone

from sightline.clocks.calendar import OutsideCalendarError
from sightline.service.scrutiny import numbering
from sightline.service.scrutiny.meetings.deadlines import Deadline
from sightline.service.scrutiny.meetings.standing import participation_of
from sightline.service.scrutiny.models import (
    Ask,
    AskState,
    Attendance,
    Item,
    Meeting,
    Paper,
    QuotedFigure,
    Topic,
)
from sightline.service.scrutiny.public import shown, visible
from sightline.service.scrutiny.public.shown import (
    ShownAsk,
    ShownAttendance,
    ShownCommittee,
    ShownDeclaration,
    ShownGroup,
    ShownItem,
    ShownMeeting,
    ShownMember,
    ShownMembership,
    ShownPack,
    ShownPaper,
    ShownReply,
    ShownStep,
    ShownTopic,
)

FEW = 6
"""How many of each the home page has."""
MOST_GAPS = 50
"""Gaps in the minute numbers that are listed."""

_FILE = ("file__data",)
"""The bytes of a file, which no list needs."""


def meeting_rows() -> QuerySet[Meeting]:
    """Give the meetings with what their showing needs."""
    return visible.meetings().select_related("committee")


def shown_meetings(rows: Iterable[Meeting]) -> list[ShownMeeting]:
    """Show meetings."""
    return [shown.meeting(row) for row in rows]


def next_meetings(today: date) -> list[ShownMeeting]:
    """Give the next meetings, those called off too, so that nobody comes for nothing."""
    return shown_meetings(
        meeting_rows().filter(day__gte=today).order_by("day", "starts", "pk")[:FEW]
    )


def latest_minutes() -> list[ShownMeeting]:
    """Give the meetings whose minutes were confirmed last, by their day."""
    rows = visible.minuted_meetings().select_related("committee")
    return shown_meetings(rows.order_by("-day", "-pk")[:FEW])


def ask_rows() -> "QuerySet[Ask]":
    """Give the asks with what their showing needs."""
    return visible.asks().select_related("committee", "meeting__committee", "item", "group")


def overdue_rows(today: date) -> "QuerySet[Ask]":
    """Give the asks that are overdue, longest first."""
    return (
        ask_rows()
        .filter(due__lt=today)
        # Most old asks are closed in minutes that anybody reads: these need no look at their steps.
        .exclude(state=AskState.CLOSED, closed_at__minutes_state__in=("confirmed", "signed"))
        .filter(Q(shown_state__in=shown.OPEN))
        .order_by("due", "pk")
    )


def shown_asks(rows: Iterable[Ask], today: date) -> list[ShownAsk]:
    """Show asks, with how many meetings of their committee have passed since each was due."""
    rows = list(rows)
    late = [row for row in rows if row.due and row.due < today]
    held: dict[int, list[date]] = defaultdict(list)
    if late:
        met = visible.meetings().filter(
            committee__in={row.committee_id for row in late},
            state=Meeting.State.HELD,
            day__gt=min(row.due for row in late if row.due),
            day__lte=today,
        )
        for committee, day in met.values_list("committee_id", "day"):
            held[committee].append(day)  # type: ignore[arg-type] # none without a day is visible
    return [shown.ask(row, held[row.committee_id], today) for row in rows]


@dataclass(frozen=True)
class Answer:
    """An answer with the ask it is to."""

    ask: ShownAsk
    reply: ShownReply


def latest_answers(most: int = FEW) -> list[Answer]:
    """Give the answers published last, each with its ask."""
    rows = list(visible.replies()[:most])
    asks = {row.pk: row for row in ask_rows().filter(pk__in={row.ask_id for row in rows})}
    return [
        Answer(shown.ask(asks[row.ask_id]), shown.reply(row)) for row in rows if row.ask_id in asks
    ]


def gaps(committee: ShownCommittee) -> list[tuple[int, int]]:
    """Give the runs of minute numbers of a committee that nobody can read here, the newest first."""
    seen = visible.minuted_items().filter(meeting__committee=committee.pk, running__isnull=False)
    numbers = seen.order_by().values_list("running", flat=True).distinct()
    return numbering.gaps(number for number in numbers if number is not None)[::-1][:MOST_GAPS]


def places(committee: ShownCommittee, today: date) -> list[ShownMembership]:
    """Give who holds a place on a committee today: the chair first."""
    rows = (
        visible.memberships()
        .filter(Q(ends=None) | Q(ends__gte=today), committee=committee.pk, starts__lte=today)
        .select_related("member", "committee")
    )
    order = {"chair": 0, "vice_chair": 1, "member": 2, "co_optee": 3, "substitute": 4}
    return sorted(
        (shown.membership(row) for row in rows),
        key=lambda each: (order[each.position], each.member.name),
    )


def years(rows: QuerySet[Meeting]) -> list[int]:
    """Give the years in which there are meetings, the latest first."""
    found = rows.order_by().annotate(year=ExtractYear("day")).values_list("year", flat=True)
    return sorted(set(found.distinct()), reverse=True)


def item_rows() -> QuerySet[Item]:
    """Give the items with what their showing needs; the topic only where the public sees it."""
    return (
        visible.items()
        .select_related("meeting__committee")
        .prefetch_related(Prefetch("topic", visible.topics()))
    )


def shown_item(row: Item, of: ShownMeeting | None = None) -> ShownItem:
    """Show an item of `item_rows`."""
    return shown.item(row, of, row.topic if row.topic_id else None)


def agenda_of(meeting: ShownMeeting) -> list[ShownItem]:
    """Give the items of a meeting in their order."""
    rows = item_rows().filter(meeting=meeting.pk).order_by("position", "pk")
    return [shown_item(row, meeting) for row in rows]


def papers_of(items: Sequence[ShownItem]) -> dict[int, list[ShownPaper]]:
    """Give the papers of items, by item."""
    rows = (
        visible.papers()
        .filter(item__in=[item.pk for item in items])
        .select_related("file")
        .defer(*_FILE)
        .order_by("position", "pk")
    )
    return _by_item(rows)


def _by_item(rows: Iterable[Paper]) -> dict[int, list[ShownPaper]]:
    found: dict[int, list[ShownPaper]] = defaultdict(list)
    for row in rows:
        found[row.item_id].append(shown.paper(row))
    return dict(found)


def packs_of(meeting: ShownMeeting) -> list[ShownPack]:
    """Give the packs of a meeting in their order."""
    rows = visible.packs().filter(meeting=meeting.pk).select_related("file").defer(*_FILE)
    return [shown.pack(row) for row in rows.order_by("number")]


def attendance_at(meeting: ShownMeeting) -> list[ShownAttendance]:
    """Give who was at a meeting, members first."""
    rows = visible.attendance().filter(meeting=meeting.pk).select_related("member")
    order = list(Attendance.Capacity.values)
    return sorted(
        (shown.attendance(row) for row in rows),
        key=lambda each: (order.index(each.capacity), each.name),
    )


def declared_at(meeting: ShownMeeting) -> list[ShownDeclaration]:
    """Give what was declared at a meeting."""
    rows = visible.declarations().filter(meeting=meeting.pk)
    return [
        shown.declaration(row)
        for row in rows.select_related("kind", "member", "item").order_by("pk")
    ]


def confirmed_at(meeting: ShownMeeting) -> tuple[ShownMeeting | None, int]:
    """Give the meeting that confirmed the minutes of one, and with how many corrections.

    Not the corrections: what they replaced was a draft.
    """
    if not meeting.is_minuted:
        return None, 0
    at = meeting_rows().filter(confirmed=meeting.pk).first()
    corrections = visible.corrections().filter(meeting=meeting.pk).count()
    return (shown.meeting(at) if at else None), corrections


def participation(row: Meeting) -> Deadline | None:
    """Give by when whoever wishes to speak at a meeting says so; None where nobody knows."""
    try:
        return participation_of(row)
    except OutsideCalendarError:
        return None  # of a day so long ago that its bank holidays are not known here


def asks_of(meeting: ShownMeeting, today: date) -> list[ShownAsk]:
    """Give the asks that stand in the minutes of a meeting."""
    rows = ask_rows().filter(Q(meeting=meeting.pk) | Q(item__meeting=meeting.pk))
    return shown_asks(rows.order_by("item__position", "pk"), today)


def beside(meeting: ShownMeeting) -> tuple[ShownMeeting | None, ShownMeeting | None]:
    """Give the meetings of the same committee before and after one."""
    rows = meeting_rows().filter(committee__slug=meeting.committee_slug)
    before = rows.filter(Q(day__lt=meeting.day) | Q(day=meeting.day, pk__lt=meeting.pk))
    after = rows.filter(Q(day__gt=meeting.day) | Q(day=meeting.day, pk__gt=meeting.pk))
    first, second = before.order_by("-day", "-pk").first(), after.order_by("day", "pk").first()
    return (shown.meeting(first) if first else None), (shown.meeting(second) if second else None)


def items_beside(item: ShownItem) -> tuple[ShownItem | None, ShownItem | None]:
    """Give the items before and after one at its meeting."""
    rows = visible.items().select_related("meeting__committee").filter(meeting=item.meeting.pk)
    at = {"position": item.position}
    before = rows.filter(Q(position__lt=item.position) | Q(**at, pk__lt=item.pk))
    after = rows.filter(Q(position__gt=item.position) | Q(**at, pk__gt=item.pk))
    first = before.order_by("-position", "-pk").first()
    second = after.order_by("position", "pk").first()
    return (
        shown.item(first, item.meeting) if first else None,
        shown.item(second, item.meeting) if second else None,
    )


def steps_of(ask: ShownAsk) -> list[ShownStep]:
    """Give the steps of an ask that the public sees, in order."""
    rows = visible.steps().filter(ask=ask.pk).select_related("meeting__committee")
    return [shown.step(row) for row in rows.order_by("at", "pk")]


@dataclass(frozen=True)
class AnswerWithFigures:
    """An answer with the figures it quotes, as they stood."""

    reply: ShownReply
    figures: tuple[QuotedFigure, ...]


def answers_to(ask: ShownAsk) -> list[AnswerWithFigures]:
    """Give the published answers to an ask, the first first, with their figures."""
    rows = visible.replies().filter(ask=ask.pk).prefetch_related("figures")
    return [
        AnswerWithFigures(shown.reply(row), tuple(row.figures.all()))
        for row in rows.order_by("published_at", "pk")
    ]


def answers_by_ask(asks: Sequence[ShownAsk]) -> dict[int, list[ShownReply]]:
    """Give the published answers to several asks, the first first."""
    found: dict[int, list[ShownReply]] = defaultdict(list)
    rows = visible.replies().filter(ask__in=[ask.pk for ask in asks])
    for row in rows.order_by("published_at", "pk"):
        found[row.ask_id].append(shown.reply(row))
    return dict(found)


def closings(asks: Sequence[ShownAsk]) -> dict[int, ShownStep]:
    """Give the step that closed each ask that is closed."""
    closed = [ask.pk for ask in asks if ask.state == AskState.CLOSED]
    rows = visible.steps().filter(ask__in=closed, after=AskState.CLOSED)
    rows = rows.select_related("meeting__committee").order_by("at", "pk")
    return {row.ask_id: shown.step(row) for row in rows}


def asked_before(ask: ShownAsk) -> ShownAsk | None:
    """Give the same question asked before, where the public sees both."""
    if ask.is_restricted:
        return None
    row = ask_rows().filter(asked_again=ask.pk).first()
    before = shown.ask(row) if row else None
    return before if before and not before.is_restricted else None


def topic_of_ask(ask: ShownAsk) -> ShownTopic | None:
    """Give the topic of an ask."""
    if ask.is_restricted:
        return None
    row = visible.topics().filter(asks=ask.pk).first()
    return shown.topic_of(row) if row else None


@dataclass(frozen=True)
class TopicLine:
    """A topic with how much of it there is."""

    topic: ShownTopic
    items: int
    asks: int
    last: date | None


def topic_lines(rows: Iterable[Topic]) -> list[TopicLine]:
    """Give topics with how many items and asks the public sees of each, and when it was last looked at."""
    rows = list(rows)
    pks = [row.pk for row in rows]
    items: dict[int, int] = defaultdict(int)
    last: dict[int, date] = {}
    of_items = visible.topic_items().filter(topic__in=pks).order_by()
    for pk, day in of_items.values_list("topic_id", "meeting__day"):
        items[pk] += 1
        if day is not None:
            last[pk] = max(last.get(pk, day), day)
    counted = visible.topic_asks().filter(topic__in=pks).order_by().values("topic_id")
    asks = {each["topic_id"]: each["n"] for each in counted.annotate(n=Count("pk"))}
    return [
        TopicLine(shown.topic_of(row), items[row.pk], asks.get(row.pk, 0), last.get(row.pk))
        for row in rows
    ]


def topic_item_rows(topic: ShownTopic) -> QuerySet[Item]:
    """Give the items of a topic, the newest meeting first."""
    return (
        visible.topic_items()
        .filter(topic=topic.pk)
        .select_related("meeting__committee")
        .order_by("-meeting__day", "-meeting__pk", "position")
    )


def places_of(member: ShownMember) -> list[ShownMembership]:
    """Give the places a member has and had, the latest first."""
    rows = visible.memberships().filter(member=member.pk).select_related("member", "committee")
    return [
        shown.membership(row) for row in rows.order_by(F("ends").desc(nulls_first=True), "-starts")
    ]


@dataclass(frozen=True)
class Declared:
    """An interest that a member declared, with its meeting."""

    meeting: ShownMeeting
    declaration: ShownDeclaration


def declared_by(member: ShownMember, most: int = 50) -> list[Declared]:
    """Give what a member declared, the latest first."""
    rows = (
        visible.declarations()
        .filter(member=member.pk)
        .select_related("meeting__committee", "kind", "member", "item")
        .order_by("-meeting__day", "-pk")[:most]
    )
    return [Declared(shown.meeting(row.meeting), shown.declaration(row)) for row in rows]


def groups_reported() -> list[ShownGroup]:
    """Give the task-and-finish groups that have reported, the latest first."""
    rows = visible.groups().select_related("committee")
    return [shown.group(row) for row in rows.order_by(F("reported").desc(nulls_last=True), "title")]


def today() -> date:
    """Give the day it is here."""
    return timezone.localdate()
