"""Lists of the front door: who must do something next, and by when; and how much waits, how long."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from sightline.clocks.rules import deadline
from sightline.service.accounts.keys import among
from sightline.service.accounts.models import Agency, Person
from sightline.service.accounts.policies import ANSWER_INFORMATION, SEE_FRONT_DOOR
from sightline.service.accounts.queries import holders
from sightline.service.children.queries import (
    hidden_people,
    numbers_of,
    restricted_now,
    roots_of,
)
from sightline.service.frontdoor.access import contacts_of
from sightline.service.frontdoor.models import (
    Contact,
    ContactChild,
    Disagreement,
    InformationRequest,
    OutcomeNotice,
    Triage,
)
from sightline.service.frontdoor.states import OPEN, UNDECIDED

BANDS: tuple[tuple[str, int | None], ...] = (
    ("Up to 4 hours", 4),
    ("4 to 24 hours", 24),
    ("1 to 3 days", 72),
    ("3 to 7 days", 168),
    ("Over 7 days", None),
)
"""Age of what waits for a decision, in hours of the clock (INDICATORS FD-11); None: no upper end."""


@dataclass(frozen=True)
class Backlog:
    """How much waits within somebody's remit: undecided contacts by age, and what is overdue.

    `hidden` of them are about restricted children and are not listed.
    """

    bands: tuple[tuple[str, int], ...]
    overdue: int
    over_a_day: int
    no_priority: int
    to_authorise: int
    to_tell: int
    tell_overdue: int
    late_answers: int
    to_route: int
    hidden: int

    @property
    def waiting(self) -> int:
        """How many wait for a decision."""
        return sum(count for _, count in self.bands)


def backlog_of(person: Person, now: datetime | None = None) -> Backlog:
    """Count what waits within somebody's remit.

    The open contacts are read, which are few, and counted here: counted by the database, each number would
    be a condition of its own over all of them.
    """
    at = now or timezone.now()
    contacts = contacts_of(person, hidden=True).exclude(state=Contact.State.CLOSED)
    hidden = hidden_people(person)
    closed = set(_about(hidden)) if hidden else set()
    bands = dict.fromkeys((name for name, _ in BANDS), 0)
    counted = dict.fromkeys(_COUNTED, 0)
    for key, state, since, reopened, decide_by, priority, flagged, routed_at in _asked(contacts):
        counted["to_authorise"] += state == Contact.State.RECOMMENDED
        counted["to_tell"] += state == Contact.State.DECIDED
        counted["to_route"] += flagged and routed_at is None
        if state not in UNDECIDED:
            continue
        hours = (at - (reopened or since)).total_seconds() / 3600
        bands[_band(hours)] += 1
        counted["over_a_day"] += hours >= 24
        counted["overdue"] += decide_by is not None and decide_by < at
        counted["no_priority"] += priority == ""
        counted["hidden"] += key in closed
    those = contacts.order_by().values("pk")
    late = {"contact__in": those, "due_at__lt": at}
    return Backlog(
        bands=tuple(bands.items()),
        tell_overdue=OutcomeNotice.objects.filter(sent_at=None, **late).count(),
        late_answers=InformationRequest.objects.filter(replied_at=None, **late).count(),
        **counted,
    )


_COUNTED = (
    *("overdue", "over_a_day", "no_priority", "to_authorise", "to_tell", "to_route", "hidden"),
)


def _asked(contacts: QuerySet[Contact]) -> Iterator[tuple[Any, ...]]:
    """Give of each contact what is counted of it; whether it is flagged as one."""
    names = ("pk", "state", "received_at", "reopened_at", "decide_by", "priority")
    rows = contacts.order_by().values_list(*names, "routed_at", "missing", "exploitation")
    for *about, routed_at, missing, exploitation in rows:
        yield (*about, bool(missing or exploitation), routed_at)


def _band(hours: float) -> str:
    """Name the band of an age in hours; what is exactly as old as a band's end is in the next."""
    return next(name for name, end in BANDS if end is None or hours < end)


def _about(people: frozenset[int]) -> QuerySet[ContactChild, int]:
    return ContactChild.objects.filter(person__in=among(people)).values_list("contact", flat=True)


SHOWN: Mapping[str, tuple[str, Q]] = {
    "open": ("To be decided", Q(state__in=UNDECIDED)),
    "mine": ("Yours", Q(state__in=OPEN)),
    "overdue": ("Overdue", Q(state__in=UNDECIDED)),
    "authorise": ("To be authorised", Q(state=Contact.State.RECOMMENDED)),
    "tell": ("Referrer to be told", Q(state=Contact.State.DECIDED)),
    "route": ("To be routed", Q(state__in=OPEN, routed_at=None)),
    "closed": ("Closed", Q(state=Contact.State.CLOSED)),
}
"""What the queue may show: its name, and what is in it."""


def queue(person: Person, show: str, now: datetime | None = None) -> QuerySet[Contact]:
    """Give what one of `SHOWN` holds for somebody, the most urgent first, then the oldest.

    What has no priority comes after red: nobody has said yet that it can wait.
    """
    at = now or timezone.now()
    found = contacts_of(person).filter(SHOWN[show][1])
    if show != "closed":
        found = found.exclude(state=Contact.State.CLOSED)  # so asked, it has an index of its own
    if show == "mine":
        found = found.filter(screened_by=person)
    if show == "overdue":
        found = found.filter(decide_by__lt=at)
    if show == "route":
        found = found.filter(Q(missing=True) | Q(exploitation=True))
    children = ContactChild.objects.select_related("person").only(
        *("contact", "first_names", "last_name", "is_unborn"),
        *(f"person__{name}" for name in ("number", "first_names", "last_name", "expected")),
    )
    found = (
        found.select_related("agency", "locality", "team", "screened_by")
        .defer(*_LONG)
        .prefetch_related(Prefetch("children", children.order_by("pk")))
    )
    if show == "closed":
        return found.order_by("-closed_at", "pk")
    priorities = Contact.Priority
    order = (priorities.RED.value, "", priorities.AMBER.value, priorities.GREEN.value)
    urgency = Case(
        *(When(priority=value, then=Value(place)) for place, value in enumerate(order)),
        output_field=IntegerField(),
    )
    return found.alias(urgency=urgency).order_by("urgency", "received_at", "pk")


_LONG = ("answers", "concern", "level_evidence", "override_reason")
"""What no list shows of a contact."""


def standing_of(contact: Contact, now: datetime) -> tuple[str, str]:
    """Say how the clock of a decision stands (`due`, `near`, `overdue`), and in words; empty once decided."""
    if contact.state not in UNDECIDED:
        return "", ""
    found = deadline("REF-1", contact.waits_since)
    return found.standing(now), found.left(now)


def age_words(since: datetime, now: datetime) -> str:
    """Say how old something is: in hours up to two days, then in days."""
    hours = int((now - since).total_seconds() // 3600)
    if hours < 1:
        return f"{max(0, int((now - since).total_seconds() // 60))} min"
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"


def late_answers(person: Person, now: datetime | None = None) -> QuerySet[InformationRequest]:
    """Give the questions that no agency has answered in time, or that one refused, the oldest first."""
    at = now or timezone.now()
    late = Q(replied_at=None, due_at__lt=at) | ~Q(refused_because="")
    return (
        InformationRequest.objects.filter(
            late, contact__in=contacts_of(person).filter(state__in=OPEN)
        )
        .select_related("agency", "contact", "asked_by")
        .prefetch_related("chases__by")
        .order_by("due_at", "pk")
    )


def answers_by_agency(person: Person, since: datetime, now: datetime) -> list[dict[str, Any]]:
    """Count, of the questions due since a moment, those answered in time, by agency (FD-14).

    No answer by the due time counts as not met, nor does a refusal.
    Rows: `agency`, `due`, `in_time`, `waiting`.
    """
    asked = InformationRequest.objects.filter(
        contact__in=contacts_of(person, hidden=True), due_at__gte=since, due_at__lte=now
    )
    return [
        dict(row)
        for row in asked.values("agency__name")
        .annotate(
            due=Count("pk"),
            in_time=Count("pk", filter=Q(replied_at__lte=F("due_at"), refused_because="")),
            waiting=Count("pk", filter=Q(replied_at=None)),
        )
        .order_by("agency__name")
    ]


def asked_of(agency: Agency, by: Person, *, answered: bool) -> QuerySet[InformationRequest]:
    """Give what an agency was asked and by when, for somebody who works there.

    Questions about children hidden from them are left out: such are asked by telephone.
    """
    hidden = ContactChild.objects.filter(person__in=hidden_people(by)).values("pk")
    closed = InformationRequest.objects.filter(
        Q(children__in=hidden) | Q(contact__in=_about(hidden_people(by)))
    )
    return (
        InformationRequest.objects.filter(agency=agency, replied_at__isnull=not answered)
        .exclude(pk__in=closed.values("pk"))
        .prefetch_related(children_asked_about())
        .order_by("-replied_at" if answered else "due_at", "pk")
    )


def children_asked_about() -> Prefetch[Any, Any, Any]:
    """Read the children of a question as it was asked, those too that were set aside since."""
    return Prefetch("children", ContactChild.every_row.select_related("person"))


def agencies_that_see(contact: Contact) -> frozenset[int]:
    """Give the keys of the agencies where somebody may see a question about a contact here, as `asked_of`.

    Any other is asked by telephone: nobody there answers here, or a child is hidden from all who do.
    """
    there = holders(ANSWER_INFORMATION.roles).exclude(agency=None)
    rows = contact.children.filter(person__isnull=False).select_related("person")
    children = [each.person for each in rows if each.person is not None]
    numbers = {n for root in roots_of(children).values() for n in numbers_of(root)}
    if not (numbers and restricted_now().filter(child_id__in=numbers).exists()):
        keys = there.order_by().values_list("agency", flat=True).distinct()
        return frozenset(key for key in keys if key is not None)
    # Few are, and few answer: so that each is asked for, as their own list does.
    closed = {each.pk for each in children}
    return frozenset(
        each.agency_id
        for each in there
        if each.agency_id is not None and closed.isdisjoint(hidden_people(each))
    )


def triages(limit: int = 20) -> list[Triage]:
    """Give the last triages with who attended, the latest first."""
    return list(
        Triage.objects.select_related("chair")
        .prefetch_related("attendance__agency", "contacts")
        .order_by("-day")[:limit]
    )


def unsettled(person: Person) -> QuerySet[Disagreement]:
    """Give the disagreements that nobody has settled, each at its topmost step, the oldest first."""
    above = Disagreement.objects.filter(follows=OuterRef("pk"))
    return (
        Disagreement.objects.filter(
            ~Exists(above), settled_at=None, contact__in=contacts_of(person)
        )
        .select_related("contact", "answered_by")
        .order_by("raised_at", "pk")
    )


def concerns_routed(person: Person, since: datetime) -> QuerySet[Contact]:
    """Give contacts about missing or exploited children since a moment, those not routed first.

    One that was opened again is of the time since, as its routing is.
    """
    flagged = Q(missing=True) | Q(exploitation=True)
    of_late = Q(received_at__gte=since) | Q(reopened_at__gte=since)
    return (
        contacts_of(person, SEE_FRONT_DOOR)
        .filter(flagged, of_late)
        .prefetch_related("children__person")
        .annotate(
            done=Case(
                When(routed_at=None, then=Value(0)), default=Value(1), output_field=IntegerField()
            )
        )
        .order_by("done", "-received_at", "pk")
    )


def earlier_contacts(contact: Contact, by: Person) -> dict[int, int]:
    """Count, for each child of a contact that is matched, the contacts about them that came before it.

    As in the chronology, one that is also about somebody hidden from whoever asks is left out.
    """
    people = contact.children.filter(person__isnull=False).values("person")
    hidden = hidden_people(by)
    rows = ContactChild.objects.filter(
        person__in=people, contact__received_at__lt=contact.received_at
    )
    found = (
        (rows.exclude(contact__in=_about(hidden)) if hidden else rows)
        .order_by()
        .values_list("person")
        .annotate(n=Count("contact", distinct=True))
    )
    return {pk: n for pk, n in found if pk is not None}
