"""What other parts and the pages ask of the work programme. Nothing here writes."""

from datetime import date

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import SEE_PRIVATE_PAPERS, WRITE_REPORTS
from sightline.service.scrutiny.asks.who import may_read as may_read_ask
from sightline.service.scrutiny.keeping import may_keep
from sightline.service.scrutiny.models import (
    Ask,
    Committee,
    EntryMove,
    ForwardPlanEntry,
    Item,
    Meeting,
    ProgrammeEntry,
    Report,
    Suggestion,
    TaskGroup,
    Topic,
)
from sightline.service.scrutiny.models.meetings import Privacy
from sightline.service.scrutiny.programme.actions import OVER

HELD = (Meeting.State.HELD, Meeting.State.OPEN)
"""A meeting at which something was on the agenda, and was looked at."""


def entries_for(meeting: Meeting) -> QuerySet[ProgrammeEntry]:
    """Give what is planned for a meeting, for its agenda: with topic and the ask it follows up."""
    return (
        ProgrammeEntry.objects.filter(meeting=meeting, state=ProgrammeEntry.State.PLANNED)
        .select_related("topic", "from_ask")
        .order_by("pk")
    )


def committees() -> QuerySet[Committee]:
    """Give the committees there are today, each with how much is `planned` and `suggested`."""
    planned = ProgrammeEntry.objects.filter(
        committee=OuterRef("pk"), state=ProgrammeEntry.State.PLANNED
    )
    suggested = Suggestion.objects.filter(committee=OuterRef("pk"), state=Suggestion.State.OPEN)
    return Committee.objects.filter(Q(ended=None) | Q(ended__gte=timezone.localdate())).annotate(
        planned=_counted(planned), suggested=_counted(suggested)
    )


def _counted(of: QuerySet[ProgrammeEntry] | QuerySet[Suggestion]) -> Subquery:
    return Subquery(of.order_by().values("committee").annotate(n=Count("pk")).values("n"))


def with_groups(person: Person) -> list[Committee]:
    """Give the committees that a person may set up a task-and-finish group for."""
    kinds = (Committee.Kind.SCRUTINY, Committee.Kind.BOARD, Committee.Kind.OTHER)
    return [each for each in committees().filter(kind__in=kinds) if may_keep(person, each)]


def planned(committee: Committee) -> list[ProgrammeEntry]:
    """Give what a committee plans, in order of time; what has neither meeting nor month last."""
    found = _entries(committee).filter(state=ProgrammeEntry.State.PLANNED)
    return sorted(found, key=lambda entry: (when(entry) or date.max, entry.pk))


def past(committee: Committee) -> QuerySet[ProgrammeEntry]:
    """Give what was done or dropped, the latest first."""
    return (
        _entries(committee)
        .exclude(state=ProgrammeEntry.State.PLANNED)
        .order_by(F("meeting__day").desc(nulls_last=True), F("month").desc(nulls_last=True), "-pk")
    )


def _entries(committee: Committee) -> QuerySet[ProgrammeEntry]:
    return ProgrammeEntry.objects.filter(committee=committee).select_related(
        "meeting__committee", "topic", "from_ask"
    )


def when(entry: ProgrammeEntry) -> date | None:
    """Give the day of an entry's meeting, or the first of its month; None where neither is known."""
    return entry.meeting.day if entry.meeting else entry.month


def entry(pk: int) -> QuerySet[ProgrammeEntry]:
    """Give one entry, with where it stood before."""
    moves = EntryMove.objects.select_related(
        "from_meeting__committee", "to_meeting__committee", "by"
    )
    return (
        ProgrammeEntry.objects.filter(pk=pk)
        .select_related("committee", "meeting__committee", "topic", "from_ask__item")
        .prefetch_related(Prefetch("moves", moves))
    )


def topics(committee: Committee | None = None) -> QuerySet[Topic]:
    """Give topics, each with `last_on` (the day it was last on an agenda) and `next_on` (planned)."""
    last = (
        Item.objects.filter(topic=OuterRef("pk"), meeting__state__in=HELD)
        .order_by("-meeting__day")
        .values("meeting__day")[:1]
    )
    coming = (
        ProgrammeEntry.objects.filter(
            topic=OuterRef("pk"),
            state=ProgrammeEntry.State.PLANNED,
            meeting__day__gte=timezone.localdate(),
        )
        .order_by("meeting__day")
        .values("meeting__day")[:1]
    )
    found = Topic.objects.select_related("committee").annotate(
        last_on=Subquery(last), next_on=Subquery(coming)
    )
    return found.filter(committee=committee) if committee else found


def dated_asks_without_entry(committee: Committee) -> QuerySet[Ask]:
    """Give open asks that have a day and stand nowhere in the programme, the soonest first."""
    return (
        Ask.objects.filter(committee=committee, due__isnull=False)
        .exclude(state__in=OVER)
        .exclude(pk__in=ProgrammeEntry.objects.filter(from_ask__isnull=False).values("from_ask"))
        .select_related("item", "meeting", "committee")
        .order_by("due", "pk")
    )


def suggestions(state: str = "", committee: Committee | None = None) -> QuerySet[Suggestion]:
    """Give suggestions, the latest first, in a state and for a committee where one is given."""
    found = Suggestion.objects.select_related("committee", "topic", "from_ask")
    if state:
        found = found.filter(state=state)
    return found.filter(committee=committee) if committee else found


def forward_plan(*, past: bool = False) -> QuerySet[ForwardPlanEntry]:
    """Give the decisions the executive plans from today on, or those before, the latest first."""
    found = ForwardPlanEntry.objects.select_related("topic", "committee")
    today = timezone.localdate()
    if past:
        return found.filter(planned_for__lt=today).order_by("-planned_for", "pk")
    return found.filter(planned_for__gte=today).order_by("planned_for", "pk")


def groups(*, closed: bool = False) -> QuerySet[TaskGroup]:
    """Give task-and-finish groups that are not closed, or those that are, each with how many it `made`."""
    return (
        (
            TaskGroup.objects.filter(state=TaskGroup.State.CLOSED)
            if closed
            else TaskGroup.objects.exclude(state=TaskGroup.State.CLOSED)
        )
        .select_related("committee")
        .annotate(made=Count("recommendations"))
        .order_by(F("began").desc(nulls_first=True), "title", "pk")
    )


def reports_for(person: Person, *, state: str = "") -> QuerySet[Report]:
    """Give the reports a person may read, the latest first (`may_read` says the same of one)."""
    found = Report.objects.select_related("committee", "written_by")
    if not WRITE_REPORTS.allows(person):
        found = found.filter(state=Report.State.CLEARED)
    if not SEE_PRIVATE_PAPERS.allows(person):
        found = found.filter(Q(privacy=Privacy.PUBLIC) | Q(written_by=person))
    return found.filter(state=state) if state else found


def may_read(person: Person, report: Report) -> bool:
    """Whether a person may read a report: a draft who writes reports, a private one who may read such."""
    if report.state == Report.State.DRAFT and not WRITE_REPORTS.allows(person):
        return False
    return (
        report.privacy == Privacy.PUBLIC
        or report.written_by_id == person.pk
        or SEE_PRIVATE_PAPERS.allows(person)
    )


def words_for(person: Person, ask: Ask) -> str:
    """Give the words of an ask that a person may read: of a private one its summary, or that it is."""
    if may_read_ask(person, ask):
        return ask.summary or ask.text
    return ask.public_summary or "Private."
