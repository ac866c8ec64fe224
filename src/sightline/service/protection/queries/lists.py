"""Lists of managers: what waits for authorisation, who has how much, what nobody has, what changed hands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    F,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import ALLOCATE, AUTHORISE_WORK, WRITE_UP
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
from sightline.service.protection.queries.worklist import InCase, Thing, cases_in, things_in

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
    referrals = cases_of(person, AUTHORISE_WORK)
    cases = cases_in(referrals)
    prefetch_related_objects([each.referral for each in cases.values()], "allocations")
    of = Q(referral__in=referrals.values("pk"))
    found = _discussed(of, cases, person, now)
    enquiries = Enquiry.objects.filter(of, ended_at=None).select_related("written_by")
    for enquiry in enquiries.prefetch_related("writers"):
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
    assessments = Assessment.objects.filter(of, submitted_at__isnull=False, authorised_at=None)
    for each in assessments.select_related("written_by").prefetch_related("writers"):
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
    closing = referrals.filter(state=Referral.State.CLOSING).select_related("closing_by")
    for referral in closing.prefetch_related("allocations", judged):
        case = cases[referral.pk]
        own = person.pk in whose_work(referral, referral)
        since = referral.closing_at or now
        found.append(Waiting(case, "Closure", referral.closing_by, since, "case", referral.pk, own))
    return sorted(found, key=lambda each: (not each.standing, each.since, each.key))


def _discussed(of: Q, cases: Mapping[int, InCase], person: Person, now: datetime) -> list[Waiting]:
    """Give the strategy discussions that are on record without their decision, by the clock of each."""
    found = []
    rows = StrategyDiscussion.objects.filter(of, decision="", held_at__isnull=False)
    for each in rows.select_related("chair"):
        case, due = cases[each.referral_id], clock("STRAT", each.suspected_at)
        found.append(
            Waiting(
                case,
                "Decision after a strategy discussion",
                each.chair,
                each.held_at or now,
                "discussion",
                each.pk,
                person.pk in whose_work(case.referral, each),
                standing(due, now) if due else "due",
                due.left(now) if due else "",
            )
        )
    return found


def unallocated(person: Person, now: datetime) -> list[Thing]:
    """Give the cases that nobody has, or whose worker has left, by the clock, the oldest first."""
    held = Allocation.objects.filter(ends_at=None, worker__is_active=True)
    referrals = cases_of(person, ALLOCATE).exclude(pk__in=held.values("referral"))
    return [each for each in things_in(referrals, now) if each.page == "allocate"]


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


def caseloads(person: Person, now: datetime) -> list[Caseload]:
    """Give the workers of somebody's cases with how much each has, who has most at the top.

    Cases hidden from `person` are in no count.
    """
    referrals = cases_of(person, ALLOCATE)
    cases = cases_in(referrals)
    late: dict[tuple[int, str], int] = {}
    for thing in things_in(referrals, now, cases):
        if thing.case.worker:
            key = (thing.case.worker.pk, thing.standing)
            late[key] = late.get(key, 0) + 1
    counts = _counts(referrals)
    workers = {case.worker.pk: case.worker for case in cases.values() if case.worker}
    found = [
        Caseload(
            worker,
            not_seen=late.get((pk, "not seen"), 0),
            overdue=late.get((pk, "overdue"), 0),
            **counts[pk],
        )
        for pk, worker in workers.items()
    ]
    return sorted(found, key=lambda each: (-each.cases, each.worker.name, each.worker.pk))


def _counts(referrals: QuerySet[Referral]) -> dict[int, dict[str, Any]]:
    def of(path: str, **narrowed: Any) -> Count:
        within = {f"{path}__isnull": False, **narrowed}
        return Count("referral", distinct=True, filter=Q(**within))

    rows = (
        Allocation.objects.filter(referral__in=referrals.values("pk"), ends_at=None)
        .order_by()
        .values("worker")
        .annotate(
            cases=Count("referral", distinct=True),
            on_plan=of("referral__plans", referral__plans__ends=None),
            in_need=of("referral__need_plans", referral__need_plans__ends=None),
            enquiries=of("referral__enquiries", referral__enquiries__ended_at=None),
        )
    )
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        counts: dict[str, Any] = dict(row)
        found[counts.pop("worker")] = counts
    return found


def changed_hands(person: Person, now: datetime, limit: int = 25) -> list[Allocation]:
    """Give the allocations that ended of late as the case went to another, the latest first."""
    since = now - CHANGED_LATELY
    return list(
        Allocation.objects.filter(
            referral__in=cases_of(person, ALLOCATE).values("pk"), ends_at__gte=since
        )
        .exclude(why_changed="")
        .select_related("worker", "referral__child", "by")
        .order_by("-ends_at")[:limit]
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

    Those called off are told of until the day for which they were booked.
    """
    order = {"book": "due_on", "minutes": "held_at"}.get(show, "booked_for")
    cases = cases_of(person, WRITE_UP, closed=show in OF_CLOSED)
    still = Q(booked_for__date__gte=timezone.localdate()) if show == "off" else Q()
    return (
        Conference.objects.filter(CONFERENCES[show][1] & still, referral__in=cases.values("pk"))
        .select_related("referral__child", "referral__team", "chair")
        .annotate(
            invited=Count("agencies"),
            reports=Count("agencies", filter=Q(agencies__report_received_on__isnull=False)),
            is_late=ExpressionWrapper(Q(booked_for__date__gt=F("due_on")), BooleanField()),
        )
        .order_by(order, "pk")
    )


def named(referrals: list[Referral]) -> None:
    """Have each referral's child be the record that stands for them now."""
    roots = roots_of(each.child for each in referrals)
    for each in referrals:
        each.child = roots[each.child_id]
