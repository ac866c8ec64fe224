"""Referrals with who has them, their assessments, and the visits to the child."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sightline.service.feed.records.numbers import Numbers
from sightline.service.feed.records.values import CHUNK, Row, at, day, flag
from sightline.service.frontdoor.beginning import BEGINS_WORK
from sightline.service.frontdoor.models import Recommendation
from sightline.service.protection.models import Allocation, Assessment, Referral, Visit

_ROLE = "Social worker"
_NEEDS_SUPPORT = {
    Assessment.Outcome.NEED_PLAN: True,
    Assessment.Outcome.STRATEGY: True,
    Assessment.Outcome.CONTINUES: True,
    Assessment.Outcome.CARE: True,
    Assessment.Outcome.EARLY_HELP: False,
    Assessment.Outcome.CLOSE: False,
}
"""Whether an assessment found that the child needs the support of social care."""
_PATHWAYS = {
    Visit.Pathway.PROTECTION: "CP",
    Visit.Pathway.NEED: "CIN",
    Visit.Pathway.CARE: "LAC",
    Visit.Pathway.ASSESSMENT: "CIN",
}
"""A child who is being assessed is one in need (Children Act 1989, section 17)."""


def of_referral(rows: QuerySet[Any], prefix: str = "referral__") -> QuerySet[Any]:
    """Add to rows of casework whose they are and who has the case now, as `whose` reads it."""
    now = Allocation.objects.filter(
        referral=OuterRef(prefix.removesuffix("__") or "pk"), ends_at=None
    )
    found: QuerySet[Any] = rows.annotate(
        child_pk=F(f"{prefix}child"),
        child_number=F(f"{prefix}child__number"),
        began=F(f"{prefix}received_at"),
        team_name=F(f"{prefix}team__name"),
        place_name=Coalesce(f"{prefix}locality__name", f"{prefix}team__locality__name"),
        worker_name=Subquery(now.values("worker__worker")[:1]),
        person_name=Subquery(now.values("worker__name")[:1]),
    )
    return found


OF_REFERRAL = (
    *("child_pk", "child_number", "began", "place_name", "team_name", "worker_name", "person_name"),
)


def of_child(numbers: Numbers, row: dict[str, Any]) -> dict[str, str | None]:
    """Give the columns that say of which child a row is, and whose the case is."""
    return {
        "child_id": numbers.of(row["child_pk"], row["child_number"]),
        "locality": row["place_name"],
        "team": row["team_name"],
    }


def whose(numbers: Numbers, row: dict[str, Any]) -> dict[str, str | None]:
    """Give the columns that say whose a row is, to which referral it belongs and who has it."""
    return {
        **of_child(numbers, row),
        "referral_date": day(row["began"]),
        "worker": row["worker_name"] or row["person_name"],
    }


def referrals(numbers: Numbers) -> Iterator[Row]:
    """Give each case. One that began with a contact was taken up, so that none is without further action.

    Of a child who moved in, the hour is not known, only the day.
    """
    decided = (
        Recommendation.objects.filter(
            contact=OuterRef("contact"),
            decided_outcome__in=[*BEGINS_WORK],
            decided_at__gte=OuterRef("received_at"),
        )
        .order_by("decided_at", "pk")
        .values("decided_at")
    )
    first = Allocation.objects.filter(referral=OuterRef("pk")).order_by("starts_at", "pk")
    rows = (
        of_referral(Referral.objects.all(), "")
        .annotate(decided=Subquery(decided[:1]), allocated=Subquery(first.values("starts_at")[:1]))
        .order_by("received_at", "pk")
        .values(
            *OF_REFERRAL,
            *("source", "decided", "allocated", "primary_need", "closed_on", "closure_reason"),
            "transferred_from",
        )
    )
    for row in rows.iterator(CHUNK):
        yield {
            **whose(numbers, row),
            "received_at": None if row["transferred_from"] else at(row["began"]),
            "referral_source": row["source"],
            "decision_date": day(row["decided"]),
            "allocated_at": at(row["allocated"]),
            "allocation_date": day(row["allocated"]),
            "no_further_action": flag(False),
            "primary_need": row["primary_need"],
            "closure_date": day(row["closed_on"]),
            "closure_reason": row["closure_reason"] if row["closed_on"] else None,
        }


def assessments(numbers: Numbers) -> Iterator[Row]:
    """Give each assessment; what it found once somebody has authorised it."""
    rows = of_referral(Assessment.objects.all()).order_by("began_at", "pk")
    for row in rows.values(
        *OF_REFERRAL, "began_at", "review_on", "authorised_at", "child_seen", "outcome"
    ).iterator(CHUNK):
        needs = _NEEDS_SUPPORT.get(row["outcome"]) if row["authorised_at"] else None
        yield {
            **whose(numbers, row),
            "start_date": day(row["began_at"]),
            "internal_review_date": day(row["review_on"]),
            "authorisation_date": day(row["authorised_at"]),
            "child_seen": flag(row["child_seen"]),
            "needs_support": flag(needs),
        }


def assessment_factors(numbers: Numbers) -> Iterator[Row]:
    """Give each factor of each assessment that was authorised."""
    rows = Assessment.objects.filter(authorised_at__isnull=False).order_by("began_at", "pk")
    for child, number, began, factors in rows.values_list(
        "referral__child", "referral__child__number", "began_at", "factors"
    ).iterator(CHUNK):
        for factor in factors.split():
            yield {
                "child_id": numbers.of(child, number),
                "start_date": day(began),
                "factor": factor,
            }


def visits(numbers: Numbers) -> Iterator[Row]:
    """Give each visit, those too at which the child was not seen."""
    rows = Visit.objects.order_by("made_at", "pk").values_list(
        *("referral__child", "referral__child__number", "pathway", "made_at"),
        *("seen", "seen_alone", "bedroom_seen"),
    )
    for child, number, pathway, made, seen, alone, bedroom in rows.iterator(CHUNK):
        yield {
            "child_id": numbers.of(child, number),
            "pathway": _PATHWAYS[pathway],
            "visit_date": day(made),
            "seen": flag(seen),
            "seen_alone": flag(alone),
            "bedroom_seen": flag(bedroom),
        }


def allocations(numbers: Numbers) -> Iterator[Row]:
    """Give each stretch of time in which a worker had a case."""
    rows = Allocation.objects.order_by("starts_at", "pk").values_list(
        *("referral__child", "referral__child__number", "worker__worker", "worker__name"),
        *("team__name", "referral__team__name", "starts_at", "ends_at", "why_changed"),
    )
    for child, number, worker, name, team, of_case, starts, ends, why in rows.iterator(CHUNK):
        yield {
            "child_id": numbers.of(child, number),
            "worker": worker or name,
            "role": _ROLE,
            "team": team or of_case,
            "start_date": day(starts),
            "end_date": day(ends),
            "change_reason": why,
        }
