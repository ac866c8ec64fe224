"""Section 47 enquiries, conferences held, and child protection plans with their reviews and core groups."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, Subquery

from sightline.service.feed.records.numbers import Numbers
from sightline.service.feed.records.referrals import OF_REFERRAL, of_child, of_referral, whose
from sightline.service.feed.records.values import CHUNK, Row, answer, day, flag
from sightline.service.protection.models import (
    AgencyAtConference,
    Conference,
    CoreGroup,
    Enquiry,
    ProtectionPlan,
)

_Kind = Conference.Kind
_OPPOSITE = {"1": "0", "0": "1", None: None}


def enquiries(numbers: Numbers) -> Iterator[Row]:
    """Give each enquiry, with the initial conference held under it."""
    held = (
        Conference.objects.filter(enquiry=OuterRef("pk"), kind=_Kind.INITIAL, held_at__isnull=False)
        .order_by("held_at", "pk")
        .values("held_at")
    )
    rows = (
        of_referral(Enquiry.objects.all())
        .annotate(conferred=Subquery(held[:1]))
        .order_by("began_at", "pk")
    )
    for row in rows.values(
        *OF_REFERRAL, "began_at", "ended_at", "conferred", "conference_needed", "decided_at"
    ).iterator(CHUNK):
        yield {
            **whose(numbers, row),
            "start_date": day(row["began_at"]),
            "end_date": day(row["ended_at"]),
            "conference_date": day(row["conferred"]),
            "conference_not_required": _OPPOSITE[answer(row["conference_needed"])],
            "decision_date": day(row["decided_at"]),
        }


def conferences(numbers: Numbers) -> Iterator[Row]:
    """Give each initial conference that was held; reviews are `reviews`."""
    rows = of_referral(
        Conference.objects.filter(held_at__isnull=False).exclude(kind=_Kind.REVIEW)
    ).annotate(enquired=F("enquiry__began_at"))
    for row in (
        rows.order_by("held_at", "pk")
        .values(
            *OF_REFERRAL,
            *("enquiry", "enquired", "held_at", "due_on", "kind", "outcome", "late_reason"),
        )
        .iterator(CHUNK)
    ):
        outcome = row["outcome"]
        yield {
            **whose(numbers, row),
            "section_47_start": day(row["enquired"]),
            "under_enquiry": flag(row["enquiry"] is not None),
            "conference_date": day(row["held_at"]),
            "target_date": day(row["due_on"]),
            "transfer_in": flag(row["kind"] == _Kind.TRANSFER),
            "resulted_in_plan": flag(outcome == Conference.Outcome.PLAN) if outcome else None,
            "late_reason": row["late_reason"].upper(),
        }


def invitations(numbers: Numbers) -> Iterator[Row]:
    """Give each agency invited to a conference that was held, of whichever kind."""
    rows = of_referral(
        AgencyAtConference.objects.filter(conference__held_at__isnull=False).annotate(
            held=F("conference__held_at"), asked=F("agency__name")
        ),
        "conference__referral__",
    ).order_by("held", "pk")
    for row in rows.values(
        *OF_REFERRAL, "held", "asked", "attended", "report_received_on"
    ).iterator(CHUNK):
        yield {
            **of_child(numbers, row),
            "conference_date": day(row["held"]),
            "agency": row["asked"],
            "attended": flag(row["attended"]),
            "report_date": day(row["report_received_on"]),
        }


def plans(numbers: Numbers) -> Iterator[Row]:
    """Give each child protection plan."""
    rows = of_referral(ProtectionPlan.objects.all()).annotate(conferred=F("made_at__held_at"))
    for row in (
        rows.order_by("starts", "pk")
        .values(
            *OF_REFERRAL,
            *("starts", "ends", "initial_category", "latest_category", "previous_plans"),
            "conferred",
        )
        .iterator(CHUNK)
    ):
        yield {
            **whose(numbers, row),
            "start_date": day(row["starts"]),
            "end_date": day(row["ends"]),
            "initial_category": row["initial_category"],
            "latest_category": row["latest_category"],
            "previous_plans": row["previous_plans"],
            "conference_date": day(row["conferred"]),
        }


def core_groups(numbers: Numbers) -> Iterator[Row]:
    """Give each core group that was held."""
    rows = CoreGroup.objects.filter(held_on__isnull=False).order_by("held_on", "pk")
    for child, number, starts, held, due in rows.values_list(
        "plan__referral__child",
        "plan__referral__child__number",
        "plan__starts",
        "held_on",
        "due_on",
    ).iterator(CHUNK):
        yield {
            "child_id": numbers.of(child, number),
            "plan_start": day(starts),
            "held_date": day(held),
            "due_date": day(due),
        }


def reviews(numbers: Numbers) -> Iterator[Row]:
    """Give each review conference that was held."""
    rows = of_referral(
        Conference.objects.filter(kind=_Kind.REVIEW, held_at__isnull=False)
    ).annotate(plan_starts=F("plan__starts"))
    for row in (
        rows.order_by("held_at", "pk")
        .values(
            *OF_REFERRAL,
            *("plan_starts", "held_at", "due_on", "participation", "is_quorate"),
        )
        .iterator(CHUNK)
    ):
        yield {
            **of_child(numbers, row),
            "plan_start": day(row["plan_starts"]),
            "review_date": day(row["held_at"]),
            "due_date": day(row["due_on"]),
            "participation": row["participation"],
            "quorate": flag(row["is_quorate"]),
        }
