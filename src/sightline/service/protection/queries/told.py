"""What the pathway tells of a child: in the chronology, as open work, and where the child belongs."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Prefetch, QuerySet, Value, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from sightline.service.accounts.keys import ByKeys
from sightline.service.accounts.models import Person
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import Entry, Open, all_of, hidden_people
from sightline.service.protection.models import (
    AgencyAtDiscussion,
    Allocation,
    Assessment,
    ChildInNeedPlan,
    Conference,
    CoreGroup,
    CourtMeeting,
    Enquiry,
    NeedReview,
    PreProceedings,
    ProtectionPlan,
    Referral,
    StrategyDiscussion,
    Visit,
)
from sightline.service.protection.queries.worklist import cases_in, things_of
from sightline.service.protection.stepping import stepped_words

AREA = "Protection"


def entries_told(person: KnownPerson, by: Person) -> Iterator[Entry]:
    """Give what has happened on the pathway; each entry leads to its page."""
    records = all_of(person)
    if not hidden_people(by).isdisjoint(each.pk for each in records):
        return
    referrals = list(
        Referral.objects.filter(child__in=[each.pk for each in records])
        .select_related("team", "closed_by")
        .only("received_at", "transferred_from", "closed_on", "team__name", "closed_by__name")
    )
    held = {name for (name,) in _HELD.rows(each.pk for each in referrals)}
    prefetch_related_objects(referrals, *_read(held))
    for referral in referrals:
        whose = str(referral.team or "")
        for when, what, who, href in _events(referral):
            yield _entry(when, what, who, whose, href)


def _told(model: type[Model], *fields: str) -> QuerySet[Any]:
    """Give what the chronology reads of a kind: no more than it tells; it is put in order with the rest."""
    whose = {each.partition("__")[0] for each in fields if "__" in each}
    found = model._default_manager.select_related(*whose) if whose else model._default_manager
    return found.only(*fields).order_by("pk")


_WITH: Mapping[str, QuerySet[Any]] = {
    "allocations": _told(Allocation, "referral", "starts_at", "worker__name", "by__name"),
    "assessments": _told(
        Assessment,
        *("referral", "began_at", "authorised_at", "outcome"),
        *("written_by__name", "authorised_by__name"),
    ),
    "discussions": _told(StrategyDiscussion, "referral", "decision", "held_at"),
    "discussions__agencies": _told(AgencyAtDiscussion, "discussion", "status", "agency__name"),
    "enquiries": _told(
        Enquiry,
        *("referral", "began_at", "decided_at", "conference_needed", "ended_at", "finding"),
        *("decided_by__name", "authorised_by__name"),
    ),
    "conferences": _told(
        Conference,
        *("referral", "held_at", "kind", "outcome", "booked_for", "cancelled_because"),
        "chair__name",
    ),
    "plans": _told(ProtectionPlan, "referral", "starts", "ends", "stepped_to"),
    "plans__core_groups": _told(CoreGroup, "plan", "held_on"),
    "need_plans": _told(ChildInNeedPlan, "referral", "starts", "ends", "stepped_to"),
    "need_plans__reviews": _told(NeedReview, "plan", "held_on"),
    "pre_proceedings": _told(
        PreProceedings,
        *("referral", "decided_on", "letter_on", "court_on", "outcome", "outcome_on"),
        *("application_on", "order", "order_on"),
        *("decided_by__name", "outcome_by__name", "court_by__name"),
    ),
    "pre_proceedings__meetings": _told(CourtMeeting, "pre_proceedings", "held_on", "kind"),
    "visits": _told(Visit, "referral", "made_at", "seen", "seen_alone", "by__name"),
}
"""What is read with the cases of a child: each kind once, however many cases there were."""


def _kinds(keys: Any) -> Any:
    """Ask once which kinds some cases hold, by the names of `_WITH`."""
    first, *others = (
        rows.order_by().filter(referral__in=keys).values_list(Value(name)).distinct()
        for name, rows in _WITH.items()
        if "__" not in name
    )
    return first.union(*others, all=True)


_HELD = ByKeys(_kinds)
"""Which kinds these cases hold: most closed cases hold few."""


def _read(held: set[str]) -> Iterator[Prefetch[Any]]:
    """Give what is to be read of cases that hold these kinds; of others no statement is made."""
    for name, rows in _WITH.items():
        kind, _, below = name.partition("__")
        if kind in held:
            yield Prefetch(name, rows)
        elif not below:
            yield Prefetch(name, rows.none())


def _entry(when: datetime | date, what: str, who: str, whose: str, href: str) -> Entry:
    if isinstance(when, datetime):
        local = timezone.localtime(when)
        at = local.time().replace(second=0, microsecond=0)
        return Entry(local.date(), what, AREA, by=who, whose=whose, href=href, at=at)
    return Entry(when, what, AREA, by=who, whose=whose, href=href)


Event = tuple[datetime | date, str, str, str]


def _events(referral: Referral) -> Iterator[Event]:
    case = reverse("case", args=[referral.pk])
    came = (
        f"Transferred in from {referral.transferred_from}"
        if referral.transferred_from
        else "Referral to social care"
    )
    yield referral.received_at, came, "", case
    for each in referral.allocations.all():
        yield each.starts_at, f"Allocated to {each.worker}", str(each.by), case
    if referral.closed_on:
        yield referral.closed_on, "Case closed", str(referral.closed_by or ""), case
    yield from _work(referral)
    yield from _plans(referral)
    for visit in referral.visits.all():
        seen = "Visit: the child was seen" if visit.seen else "Visit: the child was not seen"
        alone = ", alone" if visit.seen_alone else ""
        yield visit.made_at, f"{seen}{alone}", str(visit.by), reverse("visit", args=[visit.pk])


def _work(referral: Referral) -> Iterator[Event]:
    for each in referral.assessments.all():
        href = reverse("assessment", args=[each.pk])
        yield each.began_at, "Assessment began", str(each.written_by), href
        if each.authorised_at:
            outcome = each.get_outcome_display()
            said = f"Assessment authorised: {outcome[:1].lower()}{outcome[1:]}"
            yield each.authorised_at, said, str(each.authorised_by), href
    present = AgencyAtDiscussion.Status.PRESENT
    for discussion in referral.discussions.all():
        if not discussion.decision or discussion.held_at is None:
            continue
        came = ", ".join(str(a.agency) for a in discussion.agencies.all() if a.status == present)
        said = f"Strategy discussion: {discussion.get_decision_display()}"
        href = reverse("discussion", args=[discussion.pk])
        yield discussion.held_at, f"{said}. Took part: {came or 'no agency'}", "", href
    for enquiry in referral.enquiries.all():
        href = reverse("enquiry", args=[enquiry.pk])
        yield enquiry.began_at, "Section 47 enquiry began", "", href
        if enquiry.decided_at:
            said = enquiry.get_conference_needed_display()
            yield enquiry.decided_at, said, str(enquiry.decided_by), href
        if enquiry.ended_at:
            said = f"Section 47 enquiry ended: {enquiry.get_finding_display()}"
            yield enquiry.ended_at, said, str(enquiry.authorised_by), href


def _plans(referral: Referral) -> Iterator[Event]:
    case = reverse("case", args=[referral.pk])
    for each in referral.conferences.all():
        if each.held_at:
            said = f"{each.get_kind_display()}: {each.get_outcome_display()}"
            href = reverse("conference-held", args=[each.pk])
            yield each.held_at, said, str(each.chair or ""), href
        elif each.booked_for and each.cancelled_because:
            yield each.booked_for, "A conference that was booked was called off", "", case
    for plan in referral.plans.all():
        href = reverse("protection-plan", args=[plan.pk])
        yield plan.starts, "Child protection plan began", "", href
        if plan.ends:
            yield plan.ends, f"Child protection plan ended{_to(plan.stepped_to)}", "", href
        for group in plan.core_groups.all():
            if group.held_on:
                yield group.held_on, "Core group", "", href
    for need in referral.need_plans.all():
        href = reverse("need-plan", args=[need.pk])
        yield need.starts, "Child in need plan began", "", href
        if need.ends:
            yield need.ends, f"Child in need plan ended{_to(need.stepped_to)}", "", href
        for review in need.reviews.all():
            if review.held_on:
                yield review.held_on, "Review of the child in need plan", "", href
    yield from _court(referral)


def _to(stepped: str) -> str:
    return f", stepped to: {stepped_words(stepped)}" if stepped else ""


def _court(referral: Referral) -> Iterator[Event]:
    for row in referral.pre_proceedings.all():
        href = reverse("pre-proceedings", args=[row.pk])
        yield row.decided_on, "Pre-proceedings began", str(row.decided_by), href
        if row.letter_on:
            yield row.letter_on, "First letter before proceedings sent", "", href
        for each in row.meetings.all():
            if each.held_on:
                page = reverse("court-meeting", args=[each.pk])
                yield each.held_on, str(each.get_kind_display()), "", page
        if row.court_on:
            said = "Pre-proceedings, decided: application to court"
            yield row.court_on, said, str(row.court_by), href
        if row.outcome_on and row.outcome_by:
            said = f"Pre-proceedings, decided: {row.get_outcome_display().lower()}"
            yield row.outcome_on, said, str(row.outcome_by), href
        if row.application_on:
            yield row.application_on, "Application to court made", "", href
        if row.order_on:
            yield row.order_on, f"Final order: {row.get_order_display()}", "", href


def open_told(person: KnownPerson, by: Person) -> Iterator[Open]:
    """Give the open case of a child, and what is to be done in it by when."""
    records = all_of(person)
    if not hidden_people(by).isdisjoint(each.pk for each in records):
        return
    referrals = Referral.objects.filter(child__in=records).exclude(state=Referral.State.CLOSED)
    cases = cases_in(referrals)
    for case in cases.values():
        href = reverse("case", args=[case.referral.pk])
        whose = str(case.worker or case.referral.team or "")
        since = timezone.localdate(case.referral.received_at)
        yield Open("Case open to social care", since, whose, None, href)
    if not cases:
        return
    held = {key: each.held for key, each in cases.items()}
    for thing in things_of(held, timezone.now()):
        case = cases[thing.case.key]
        href = reverse("case", args=[case.referral.pk])
        due = timezone.localdate(thing.due) if thing.due else None
        seen = "Not seen: " if thing.standing == "not seen" else ""
        whose = str(case.worker or case.referral.team or "")
        yield Open(f"{seen}{thing.what}", None, whose, due, href)
