"""Lists of managers: what waits for authorisation, who has how much, what nobody has, what changed hands."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import ALLOCATE, AUTHORISE_WORK, WRITE_UP
from sightline.service.accounts.queries import among
from sightline.service.children.queries import roots_of
from sightline.service.protection.access import cases_of, whose_work
from sightline.service.protection.clocks import alert, clock, standing
from sightline.service.protection.models import (
    Allocation,
    Assessment,
    Conference,
    Enquiry,
    Referral,
    StrategyDiscussion,
)
from sightline.service.protection.queries.work import LONG, Work
from sightline.service.protection.queries.worklist import (
    Held,
    InCase,
    Thing,
    cases_in,
    held_in,
    things_of,
    to_allocate,
)

CHANGED_LATELY = timedelta(days=90)


@dataclass(frozen=True)
class Waiting:
    """Something that waits for somebody's authorisation, since when; `own`: another must decide it."""

    case: InCase
    what: str
    by: Person | None
    since: datetime
    page: str
    key: int
    own: bool
    standing: str = ""
    words: str = ""


def waiting_for(person: Person, now: datetime) -> list[Waiting]:
    """Give what waits for the authorisation of somebody: decisions of day five first, then the oldest."""
    referrals = dict(cases_of(person, AUTHORISE_WORK).order_by().values_list("pk", "state"))
    of = Q(referral__in=among(referrals))
    discussions = list(
        StrategyDiscussion.objects.filter(of, decision="", held_at__isnull=False)
        .select_related("chair")
        .defer("minutes", "rationale", "actions")
    )
    enquiries = list(
        Enquiry.objects.filter(of, ended_at=None)
        .filter(Q(decided_at=None) | Q(submitted_at__isnull=False))
        .select_related("written_by")
        .prefetch_related("writers")
    )
    assessments = list(
        Assessment.objects.filter(of, submitted_at__isnull=False, authorised_at=None)
        .select_related("written_by")
        .prefetch_related("writers")
        .defer(*LONG)
    )
    closing = [key for key, state in referrals.items() if state == Referral.State.CLOSING]
    rows: tuple[Any, ...] = (*discussions, *enquiries, *assessments)
    keys = {*closing, *(each.referral_id for each in rows)}
    cases = cases_in(Referral.objects.filter(pk__in=among(keys)).select_related("closing_by"))
    prefetch_related_objects([each.referral for each in cases.values()], "allocations")
    found = [_discussed(each, cases[each.referral_id], person, now) for each in discussions]
    for enquiry in enquiries:
        case = cases[enquiry.referral_id]
        own = person.pk in whose_work(case.referral, enquiry)
        if enquiry.decided_at is None:
            due = clock("S47-D5", enquiry.began_at)
            words = ", ".join(filter(None, (due.left(now), alert(due, now)))) if due else ""
            found.append(
                Waiting(
                    case,
                    "Is a conference needed?",
                    case.worker,
                    enquiry.began_at,
                    "enquiry",
                    enquiry.pk,
                    own,
                    standing(due, now) if due else "",
                    words,
                )
            )
        elif enquiry.submitted_at:
            found.append(
                Waiting(
                    case,
                    "Finding of a section 47 enquiry",
                    enquiry.written_by,
                    enquiry.submitted_at,
                    "enquiry",
                    enquiry.pk,
                    own,
                )
            )
    for each in assessments:
        case = cases[each.referral_id]
        own = person.pk in whose_work(case.referral, each)
        found.append(
            Waiting(
                case,
                "Assessment",
                each.written_by,
                each.submitted_at or now,
                "assessment",
                each.pk,
                own,
            )
        )
    judged = Prefetch("assessments", Assessment.objects.only("referral", "authorised_at"))
    prefetch_related_objects([cases[key].referral for key in closing], judged)
    for key in closing:
        case, referral = cases[key], cases[key].referral
        own = person.pk in whose_work(referral, referral)
        since = referral.closing_at or now
        found.append(Waiting(case, "Closure", referral.closing_by, since, "case", referral.pk, own))
    return sorted(found, key=lambda each: (not each.standing, each.since, each.key))


def _discussed(row: StrategyDiscussion, case: InCase, person: Person, now: datetime) -> Waiting:
    """Give a strategy discussion that is on record without its decision, by its clock."""
    due = clock("STRAT", row.suspected_at)
    return Waiting(
        case,
        "Decision after a strategy discussion",
        row.chair,
        row.held_at or now,
        "discussion",
        row.pk,
        person.pk in whose_work(case.referral, row),
        standing(due, now) if due else "due",
        due.left(now) if due else "",
    )


def unallocated(person: Person, now: datetime) -> list[Thing]:
    """Give the cases that nobody has, or whose worker has left, by the clock, the oldest first."""
    held = Allocation.objects.filter(ends_at=None, worker__is_active=True, referral=OuterRef("pk"))
    cases = held_in(cases_of(person, ALLOCATE).exclude(Exists(held)))
    found = [thing for case in cases.values() for thing in to_allocate(case, now)]
    return sorted(found, key=lambda each: each.order)


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
