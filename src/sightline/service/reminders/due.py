"""What somebody has to do and by when, without anything that tells who a child is: a case is its number."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from sightline.service.accounts.keys import among
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import (
    ALLOCATE,
    ANSWER_INFORMATION,
    AUTHORISE_WORK,
    HOLD_CONFERENCES,
    RESTRICT,
    SEE_FRONT_DOOR,
    SEE_MISSING,
    WORK_CASES,
    WRITE_UP,
)
from sightline.service.children.queries import restricted_now, roots_of, stuck_with_each
from sightline.service.frontdoor.models import InformationRequest, PassedOn
from sightline.service.frontdoor.queries.lists import asked_of, backlog_of, unsettled
from sightline.service.missing.queries.worklist import Thing as Missing
from sightline.service.missing.queries.worklist import things_for
from sightline.service.protection.access import cases_of
from sightline.service.protection.models import Conference, CourtMeeting, Referral
from sightline.service.protection.queries import lists
from sightline.service.protection.queries.to_authorise import waiting_for
from sightline.service.protection.queries.worklist import (
    STANDINGS,
    counted,
    things_in,
)

URGENT = ("not seen", "overdue", "near")
"""How what the daily letter tells of stands."""
SOON = timedelta(days=7)
"""For how long ahead the letter counts conferences to hold."""
POLICIES = (
    *(WORK_CASES, WRITE_UP, AUTHORISE_WORK, SEE_FRONT_DOOR, SEE_MISSING, ANSWER_INFORMATION),
    RESTRICT,
)
"""Whoever one of these lets in has something to do."""

STUCK = "restricted records with open work that nobody who is named can go on with"


@dataclass(frozen=True)
class Due:
    """One thing: what, of what number, how it stands, by when, and the address where it is done.

    `is_meeting`: it is at that moment, and not by it; `has_hour`: by that minute, not by the end of the day.
    `tag` stays the same while the thing is due.
    """

    what: str
    number: str
    standing: str
    words: str
    when: datetime | None
    address: str
    tag: str
    is_meeting: bool = False
    has_hour: bool = False


def own_cases(person: Person) -> QuerySet[Referral]:
    """Give the cases somebody has."""
    found = cases_of(person, WORK_CASES)
    return found.filter(allocations__worker=person, allocations__ends_at=None)


def due_in_cases(referrals: QuerySet[Referral], now: datetime) -> list[Due]:
    """Give what is to be done in cases, in the order in which to do it."""
    return [
        Due(
            thing.what,
            f"case {thing.case.key}",
            thing.standing,
            thing.words,
            thing.due,
            reverse(thing.page, args=[thing.key]),
            f"{thing.page}-{thing.key}-{thing.what.lower().replace(' ', '-')}",
        )
        for thing in things_in(referrals, now)
    ]


def conferences_booked(person: Person, referrals: QuerySet[Referral]) -> list[Due]:
    """Give the conferences booked in cases, and those that somebody chairs."""
    chaired = Q(chair=person, referral__in=cases_of(person, HOLD_CONFERENCES).values("pk"))
    rows = Conference.objects.filter(
        Q(referral__in=referrals.values("pk")) | chaired,
        held_at=None,
        cancelled_because="",
        booked_for__isnull=False,
    ).order_by("booked_for", "pk")
    return [
        Due(
            str(row.get_kind_display()),
            f"case {row.referral_id}",
            "due",
            "",
            row.booked_for,
            reverse("conference", args=[row.pk]),
            f"conference-{row.pk}-booked",
            is_meeting=True,
        )
        for row in rows
    ]


def meetings_booked(referrals: QuerySet[Referral]) -> list[Due]:
    """Give the meetings before court and the hearings that are booked in cases."""
    rows = CourtMeeting.objects.filter(
        pre_proceedings__referral__in=referrals.values("pk"), held_on=None, called_off_because=""
    ).select_related("pre_proceedings")
    return [
        Due(
            str(row.get_kind_display()),
            f"case {row.pre_proceedings.referral_id}",
            "due",
            "",
            row.booked_for,
            reverse("court-meeting", args=[row.pk]),
            f"court-meeting-{row.pk}-booked",
            is_meeting=True,
        )
        for row in rows.order_by("booked_for", "pk")
    ]


def due_of_missing(person: Person, now: datetime, *, own: bool) -> list[Due]:
    """Give return interviews and risks that are due; with `own` those that are somebody's to do alone.

    Theirs is what they work, what is of a child whose case they have, and, for complex safeguarding, what
    nobody has been given.
    """
    if not SEE_MISSING.allows(person):
        return []
    found = [each for each in things_for(person, now) if each.due]
    if own and found:
        children = [each.child for each in own_cases(person).select_related("child")]
        mine = {each.pk for each in roots_of(children).values()}
        nobodys = person.holds({"complex_safeguarding"})
        found = [
            each
            for each in found
            if each.holder == person.pk
            or (each.child is not None and each.child.pk in mine)
            or (nobodys and each.holder is None)
        ]
    return [
        Due(
            thing.what,
            f"{thing.page} {thing.key}",
            thing.standing,
            thing.words,
            thing.due,
            reverse(thing.page, args=[thing.key]),
            f"{thing.page}-{thing.key}",
            has_hour=thing.kind == "interviews",
        )
        for thing in found
    ]


def due_of_questions(person: Person) -> list[Due]:
    """Give the questions that somebody's agency has not answered, with the minute by which each is due."""
    return [
        Due(
            "Answer what your agency was asked",
            f"question {asked.pk}",
            "due",
            "",
            asked.due_at,
            reverse("answer-information", args=[asked.pk]),
            f"question-{asked.pk}",
            has_hour=True,
        )
        for asked in _questions(person).prefetch_related(None)
    ]


def _questions(person: Person) -> QuerySet[InformationRequest]:
    if person.agency is None or not ANSWER_INFORMATION.allows(person):
        return InformationRequest.objects.none()
    return asked_of(person.agency, person, answered=False)


# --- The daily letter


@dataclass(frozen=True)
class Line:
    """A line of the daily letter: how many of what, and where they are listed."""

    count: int
    what: str
    address: str


def counts_of(person: Person, now: datetime) -> list[Line]:
    """Count what waits for somebody, over everything they answer for; nothing that does not wait."""
    return [each for each in _counts(person, now) if each.count]


def _counts(person: Person, now: datetime) -> Iterator[Line]:
    work = reverse("your-work")
    manages = ALLOCATE.allows(person)
    if WORK_CASES.allows(person):
        cases, whose = own_cases(person), "whose=mine&" if manages else ""
        yield from _standing(
            counted(things_in(cases, now)), "of your own cases", f"{work}?{whose}show="
        )
        own_work = f"{work}?whose=mine" if manages else work
        yield _passed_on(cases, "of your own cases", own_work)
    if manages:
        cases = cases_of(person, WORK_CASES)
        yield from _standing(counted(things_in(cases, now)), "of all you manage", f"{work}?show=")
        yield _passed_on(cases, "of all you manage", work)
        waits = len(lists.unallocated(person, now))
        yield Line(waits, "cases that nobody has", reverse("unallocated"))
    if AUTHORISE_WORK.allows(person):
        waits = sum(not each.own for each in waiting_for(person, now))
        yield Line(waits, "to be authorised by you", reverse("to-authorise"))
    yield from _conferences(person, now)
    if SEE_FRONT_DOOR.allows(person):
        yield from _front_door(person, now)
    if ANSWER_INFORMATION.allows(person):
        asked, address = _questions(person), reverse("asked-of-us")
        yield Line(asked.count(), "questions to your agency to be answered", address)
        yield Line(asked.filter(due_at__lt=now).count(), "of those questions late", address)
    if SEE_MISSING.allows(person):
        yield from _missing(things_for(person, now))
    if RESTRICT.allows(person):
        stuck = sum(bool(said) for said in stuck_with_each(restricted_now()).values())
        yield Line(stuck, STUCK, reverse("restricted"))


def _missing(things: list[Missing]) -> Iterator[Line]:
    """Count what waits of missing and exploited children, and interviews before their time is over."""
    address = reverse("missing")
    timed = [each for each in things if each.kind in ("interviews", "reviews")]
    of = Counter(each.standing for each in timed)
    near = sum(each.kind == "interviews" and each.standing == "near" for each in timed)
    missing = [each for each in things if each.kind == "not-returned"]
    # By child: once records were merged, one may be on record twice.
    yield Line(len({e.child.pk for e in missing if e.child}), "children missing now", address)
    reported = sum(each.child is None for each in missing)
    yield Line(reported, "reports of missing children to be routed or answered", address)
    yield Line(of["overdue"], "interviews and risk reviews overdue", address)
    yield Line(near, "return interviews whose time is soon over", address)
    concerns = sum(each.kind == "concerns" for each in things)
    yield Line(concerns, "concerns to be routed or answered", address)


def _standing(counts: dict[str, int], whose: str, address: str) -> Iterator[Line]:
    for each in URGENT:
        shown = f"{address}{each.replace(' ', '+')}"
        yield Line(counts[each], f"{STANDINGS[each].lower()}, {whose}", shown)


def _passed_on(cases: QuerySet[Referral], whose: str, address: str) -> Line:
    """Count the contacts about children whose case is open that the front door passed on and nobody read."""
    children = [each.child for each in cases.select_related("child")]
    people = {each.pk for each in roots_of(children).values()}
    waits = PassedOn.objects.filter(person__in=among(people), read_at=None).count()
    return Line(waits, f"new contacts passed on and not read, {whose}", address)


def _conferences(person: Person, now: datetime) -> Iterator[Line]:
    address = reverse("conferences")
    if HOLD_CONFERENCES.allows(person):
        soon = Conference.objects.filter(
            referral__in=cases_of(person, HOLD_CONFERENCES).values("pk"),
            chair=person,
            held_at=None,
            cancelled_because="",
            booked_for__lte=now + SOON,
        ).count()
        yield Line(soon, "conferences for you to hold within 7 days", f"{address}?show=booked")
    if _writes_for_a_team(person):
        for show, what in (
            ("book", "conferences to be booked"),
            ("minutes", "conferences whose minutes are to be sent"),
        ):
            yield Line(lists.conferences(person, show).count(), what, f"{address}?show={show}")


def _writes_for_a_team(person: Person) -> bool:
    """Whether somebody books conferences and sends minutes as their work, and not beside cases."""
    return person.holds({"business_support"})


def _front_door(person: Person, now: datetime) -> Iterator[Line]:
    found, address = backlog_of(person, now), reverse("front-door")
    yield Line(found.overdue, "contacts whose decision is overdue", f"{address}?show=overdue")
    yield Line(found.to_authorise, "contacts to be authorised", f"{address}?show=authorise")
    yield Line(found.tell_overdue, "referrers who are told late", f"{address}?show=tell")
    yield Line(found.late_answers, "answers of agencies that are late", reverse("late-information"))
    disputed = unsettled(person).filter(answered_at=None).count()
    yield Line(disputed, "disagreements to be answered", reverse("disagreements"))


def urgent_of(person: Person, now: datetime) -> list[Due]:
    """Give what is urgent in somebody's own cases."""
    if not WORK_CASES.allows(person):
        return []
    return [each for each in due_in_cases(own_cases(person), now) if each.standing in URGENT]


def roles_with_work() -> frozenset[str]:
    """Give the roles that have something to do here."""
    return frozenset(role for each in POLICIES for role in each.roles)
