"""Lists of managers: who has how much, what nobody has, what changed hands, which conferences there are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone

from sightline.service.accounts.keys import among
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import ALLOCATE, WRITE_UP
from sightline.service.accounts.queries import holders
from sightline.service.children.queries import roots_of
from sightline.service.frontdoor.models import PassedOn
from sightline.service.protection.access import cases_of
from sightline.service.protection.actions.allocating import WORKERS
from sightline.service.protection.models import (
    Allocation,
    Conference,
    Referral,
)
from sightline.service.protection.queries.hidden import unnamed
from sightline.service.protection.queries.work import Work
from sightline.service.protection.queries.worklist import (
    Held,
    Thing,
    held_in,
    things_of,
    to_allocate,
)

CHANGED_LATELY = timedelta(days=90)


def unallocated(person: Person, now: datetime) -> list[Thing]:
    """Give the cases that nobody has, or whose worker no longer counts, by the clock, the oldest first."""
    theirs = cases_of(person, ALLOCATE).filter(state=Referral.State.OPEN)
    workers = holders(WORKERS).values("pk")
    held = Allocation.objects.filter(ends_at=None, worker__in=workers, referral=OuterRef("pk"))
    closed_to_worker = unnamed(theirs)
    cases = held_in(theirs.filter(~Exists(held) | Q(pk__in=among(closed_to_worker))))
    for key in closed_to_worker & set(cases):
        cases[key] = cases[key]._replace(gone="its worker is not named for the restricted record")
    return sorted(to_allocate(cases, now), key=lambda each: each.order)


@dataclass(frozen=True)
class Unread:
    """A contact passed on that nobody has read, of a child without an open case; `last` is the one closed."""

    row: PassedOn
    last: Referral


def passed_to_nobody(person: Person) -> list[Unread]:
    """Give the contacts passed on that nobody has read and nobody would, as the case has closed meanwhile:
    those of whose child the last case was of somebody's remit, who reads it.
    """
    still = ~Q(state=Referral.State.CLOSED)
    of_child = Referral.objects.filter(child=OuterRef("person"))
    merged = Referral.objects.filter(child__merged_into=OuterRef("person"))
    of_any = Referral.objects.filter(
        Q(child=OuterRef("person")) | Q(child__merged_into=OuterRef("person"))
    )
    last = of_any.order_by("-closed_on", "-pk").values("pk")[:1]
    rows = list(
        PassedOn.objects.filter(
            ~Exists(of_child.filter(still)), ~Exists(merged.filter(still)), read_at=None
        )
        .annotate(last=Subquery(last))
        .select_related("person", "decision__contact")
        .order_by("at", "pk")
    )
    if not rows:
        return []
    keys = among(each.last for each in rows if each.last)
    cases = cases_of(person, ALLOCATE, closed=True).filter(pk__in=keys)
    theirs = cases.select_related("team").in_bulk()
    return [Unread(each, theirs[each.last]) for each in rows if each.last in theirs]


@dataclass(frozen=True)
class Caseload:
    """How much one worker has: cases, children on plans, enquiries, and what is late with them."""

    worker: Person
    cases: int
    on_plan: int
    in_need: int
    enquiries: int
    not_seen: int
    overdue: int


def caseloads(cases: Mapping[int, Held], now: datetime) -> list[Caseload]:
    """Give the workers of cases with how much each has, who has most at the top."""
    work = Work.of(cases)
    late = Counter(
        (thing.case.worker.id, thing.standing)
        for thing in things_of(cases, now, work)
        if thing.case.worker
    )
    workers: dict[int, Person] = {}
    theirs: dict[int, list[int]] = defaultdict(list)
    for case in cases.values():
        if case.worker:
            workers[case.worker.id] = case.worker
            theirs[case.worker.id].append(case.key)
    found = [
        Caseload(
            worker,
            cases=len(theirs[pk]),
            on_plan=sum(bool(work.plans.get(key)) for key in theirs[pk]),
            in_need=sum(bool(work.need_plans.get(key)) for key in theirs[pk]),
            enquiries=sum(bool(work.enquiries.get(key)) for key in theirs[pk]),
            not_seen=late[pk, "not seen"],
            overdue=late[pk, "overdue"],
        )
        for pk, worker in workers.items()
    ]
    return sorted(found, key=lambda each: (-each.cases, each.worker.name, each.worker.pk))


def changed_hands(cases: Iterable[int], now: datetime, limit: int = 25) -> list[Allocation]:
    """Give the allocations of cases that ended of late as the case went to another, the latest first."""
    since = now - CHANGED_LATELY
    return list(
        Allocation.objects.filter(referral__in=among(cases), ends_at__gte=since)
        .exclude(why_changed="")
        .select_related("worker", "referral__child")
        .order_by("-ends_at", "-pk")[:limit]
    )


CONFERENCES = {
    "book": ("To be booked", Q(held_at=None, booked_for=None, cancelled_because="")),
    "booked": ("Booked", Q(held_at=None, booked_for__isnull=False, cancelled_because="")),
    "minutes": (
        "Minutes to be sent",
        Q(held_at__isnull=False, minutes_sent_on=None),
    ),
    "off": (
        "Called off: tell those invited",
        Q(held_at=None, booked_for__isnull=False) & ~Q(cancelled_because=""),
    ),
}
"""What the list of conferences may show: its name, and what is in it."""
OF_CLOSED = ("minutes", "off")
"""Of these those of closed cases too: the minutes are still to be sent, people still to be told."""


def conferences(person: Person, show: str) -> QuerySet[Conference]:
    """Give what one of `CONFERENCES` holds for somebody, what comes first at the top.

    Those called off are told of until the day for which they were booked. `conferences_told` tells of some.
    """
    order = {"book": "due_on", "minutes": "held_at"}.get(show, "booked_for")
    cases = cases_of(person, WRITE_UP, closed=show in OF_CLOSED)
    still = Q(booked_for__date__gte=timezone.localdate()) if show == "off" else Q()
    return (
        Conference.objects.filter(CONFERENCES[show][1] & still)
        .filter(referral__in=cases.order_by().values("pk"))
        .order_by(order, "pk")
    )


def conferences_told(keys: Iterable[int]) -> list[Conference]:
    """Give conferences by their keys, in that order, with their children and what is known of each."""
    found = (
        Conference.objects.filter(pk__in=among(keys))
        .select_related("referral__child", "referral__team", "chair", "cancelled_by")
        .annotate(
            invited=Count("agencies"),
            reports=Count("agencies", filter=Q(agencies__report_received_on__isnull=False)),
            is_late=ExpressionWrapper(Q(booked_for__date__gt=F("due_on")), BooleanField()),
        )
        .defer("child_view", "parent_view", "rationale")
        .in_bulk()
    )
    return [found[key] for key in keys]


def named(referrals: list[Referral]) -> None:
    """Have each referral's child be the record that stands for them now."""
    roots = roots_of(each.child for each in referrals)
    for each in referrals:
        each.child = roots[each.child_id]
