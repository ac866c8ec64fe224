"""What the pathway tells of a child: in the chronology, as open work, and where the child belongs."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import Entry, Open, all_of, hidden_people
from sightline.service.protection.models import (
    AgencyAtDiscussion,
    CoreGroup,
    NeedReview,
    Referral,
)
from sightline.service.protection.queries.worklist import cases_in, things_in

AREA = "Protection"


def entries_told(person: KnownPerson, by: Person) -> Iterator[Entry]:
    """Give what has happened on the pathway; each entry leads to its page."""
    records = all_of(person)
    if not hidden_people(by).isdisjoint(each.pk for each in records):
        return
    for referral in Referral.objects.filter(child__in=records).select_related("team", "closed_by"):
        whose = str(referral.team or "")
        for when, what, who, href in _events(referral):
            yield _entry(when, what, who, whose, href)


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
    for each in referral.allocations.select_related("worker", "by"):
        yield each.starts_at, f"Allocated to {each.worker}", str(each.by), case
    if referral.closed_on:
        yield referral.closed_on, "Case closed", str(referral.closed_by or ""), case
    yield from _work(referral)
    yield from _plans(referral)
    for visit in referral.visits.select_related("by"):
        seen = "Visit: the child was seen" if visit.seen else "Visit: the child was not seen"
        alone = ", alone" if visit.seen_alone else ""
        yield visit.made_at, f"{seen}{alone}", str(visit.by), reverse("visit", args=[visit.pk])


def _work(referral: Referral) -> Iterator[Event]:
    for each in referral.assessments.select_related("written_by", "authorised_by"):
        href = reverse("assessment", args=[each.pk])
        yield each.began_at, "Assessment began", str(each.written_by), href
        if each.authorised_at:
            outcome = each.get_outcome_display()
            said = f"Assessment authorised: {outcome[:1].lower()}{outcome[1:]}"
            yield each.authorised_at, said, str(each.authorised_by), href
    present = AgencyAtDiscussion.Status.PRESENT
    for discussion in referral.discussions.exclude(held_at=None).prefetch_related(
        "agencies__agency"
    ):
        came = ", ".join(str(a.agency) for a in discussion.agencies.all() if a.status == present)
        said = f"Strategy discussion: {discussion.get_decision_display()}"
        href = reverse("discussion", args=[discussion.pk])
        assert discussion.held_at  # noqa: S101 - excluded above
        yield discussion.held_at, f"{said}. Took part: {came or 'no agency'}", "", href
    for enquiry in referral.enquiries.select_related("decided_by", "authorised_by"):
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
    for each in referral.conferences.exclude(held_at=None).select_related("chair"):
        assert each.held_at  # noqa: S101 - excluded above
        said = f"{each.get_kind_display()}: {each.get_outcome_display()}"
        yield each.held_at, said, str(each.chair or ""), reverse("conference-held", args=[each.pk])
    for plan in referral.plans.all():
        href = reverse("protection-plan", args=[plan.pk])
        yield plan.starts, "Child protection plan began", "", href
        if plan.ends:
            yield plan.ends, "Child protection plan ended", "", href
    for group in CoreGroup.objects.filter(plan__referral=referral).exclude(held_on=None):
        assert group.held_on  # noqa: S101 - excluded above
        yield group.held_on, "Core group", "", reverse("protection-plan", args=[group.plan_id])
    for need in referral.need_plans.all():
        href = reverse("need-plan", args=[need.pk])
        yield need.starts, "Child in need plan began", "", href
        if need.ends:
            yield need.ends, "Child in need plan ended", "", href
    for review in NeedReview.objects.filter(plan__referral=referral).exclude(held_on=None):
        assert review.held_on  # noqa: S101 - excluded above
        said = "Review of the child in need plan"
        yield review.held_on, said, "", reverse("need-plan", args=[review.plan_id])
    for off in referral.conferences.exclude(cancelled_because="").exclude(booked_for=None):
        assert off.booked_for  # noqa: S101 - excluded above
        yield off.booked_for, "A conference that was booked was called off", "", case


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
    for thing in things_in(referrals, timezone.now(), cases):
        href = reverse("case", args=[thing.case.referral.pk])
        due = timezone.localdate(thing.due) if thing.due else None
        seen = "Not seen: " if thing.standing == "not seen" else ""
        whose = str(thing.case.worker or thing.case.referral.team or "")
        yield Open(f"{seen}{thing.what}", None, whose, due, href)
