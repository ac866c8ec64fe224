"""Contacts, a row for each child; and what agencies were asked."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sightline.service.feed.records.numbers import Numbers, unmatched
from sightline.service.feed.records.values import CHUNK, Row, at, day, flag
from sightline.service.frontdoor.beginning import BEGINS_WORK
from sightline.service.frontdoor.models import (
    Contact,
    ContactChild,
    InformationRequest,
    OutcomeNotice,
    Recommendation,
    TriagedContact,
)
from sightline.service.frontdoor.models.decisions import Outcome

_DECIDED = (Contact.State.DECIDED, Contact.State.CLOSED)
"""States in which a decision stands: one reopened waits for another."""


def contacts(numbers: Numbers) -> Iterator[Row]:
    """Give each contact of each child. What is decided is told of contacts that are decided now."""
    decided = (
        Recommendation.objects.filter(contact=OuterRef("contact"), decided_at__isnull=False)
        .exclude(decided_outcome="")
        .order_by("-decided_at", "-pk")
    )
    triaged = TriagedContact.objects.filter(contact=OuterRef("contact")).order_by("triage__day")
    told = OutcomeNotice.objects.filter(decision=OuterRef("decision")).exclude(
        how=OutcomeNotice.How.NOBODY
    )
    rows = (
        ContactChild.objects.annotate(
            decision=Subquery(decided.values("pk")[:1]),
            outcome=Subquery(decided.values("decided_outcome")[:1]),
            decided=Subquery(decided.values("decided_at")[:1]),
            level=Subquery(
                decided.values(stands=Coalesce("decided_level__number", "level__number"))[:1]
            ),
            triaged=Subquery(triaged.values("triage__day")[:1]),
            sent=Subquery(told.values("sent_at")[:1]),
            number=F("contact__number"),
            state=F("contact__state"),
            received=F("contact__received_at"),
            source=F("contact__source"),
            prioritised=F("contact__priority_at"),
            stated=F("contact__level_declared__number"),
            agreed=F("contact__consent"),
            ground=F("contact__override_basis"),
            reason=F("contact__override_reason"),
            known=F("person__number"),
        )
        .order_by("contact__received_at", "pk")
        .values(
            *("pk", "person", "known", "number", "state", "received", "source", "prioritised"),
            *(
                "triaged",
                "stated",
                "level",
                "agreed",
                "ground",
                "reason",
                "decided",
                "outcome",
                "sent",
            ),
        )
    )
    for row in rows.iterator(CHUNK):
        is_decided = row["state"] in _DECIDED and row["decided"] is not None
        outcome = row["outcome"] if is_decided else None
        first = [each for each in (day(row["prioritised"]), day(row["triaged"])) if each]
        yield {
            "child_id": _child(numbers, row["number"], row["pk"], row["person"], row["known"]),
            "contact_date": day(row["received"]),
            "contact_id": row["number"],
            "contact_source": row["source"],
            "received_at": at(row["received"]),
            "triage_date": min(first, default=None),
            "referrer_level": row["stated"],
            "level": row["level"] if is_decided else None,
            "consent": row["agreed"].upper(),
            "consent_overridden": flag(bool(row["ground"] and row["reason"].strip())),
            "decision_date": day(row["decided"]) if is_decided else None,
            "outcome_sent_date": day(row["sent"]) if is_decided else None,
            "new_referral": flag(outcome in BEGINS_WORK) if outcome else None,
            "no_further_action": flag(outcome == Outcome.NO_FURTHER_ACTION) if outcome else None,
            "advice": flag(outcome == Outcome.ADVICE) if outcome else None,
        }


def information_requests(numbers: Numbers) -> Iterator[Row]:
    """Give each question to an agency for each child named in it, or, if none is, each of the contact."""
    asked = InformationRequest.objects
    yield from _asked(numbers, asked.exclude(children=None), "children")
    yield from _asked(numbers, asked.filter(children=None), "contact__children")


def _asked(numbers: Numbers, rows: QuerySet[InformationRequest], children: str) -> Iterator[Row]:
    found = (
        rows.annotate(
            child=F(children),
            who=F(f"{children}__person"),
            known=F(f"{children}__person__number"),
            number=F("contact__number"),
            asked=F("agency__name"),
        )
        .order_by("pk", "child")
        .values(
            *("pk", "child", "who", "known", "number", "asked"),
            *("asked_at", "due_at", "replied_at"),
        )
    )
    for row in found.iterator(CHUNK):
        if row["child"] is None:
            continue  # a contact about nobody
        yield {
            "child_id": _child(numbers, row["number"], row["child"], row["who"], row["known"]),
            "request_id": str(row["pk"]),
            "contact_id": row["number"],
            "agency": row["asked"],
            "asked_at": at(row["asked_at"]),
            "due_date": day(row["due_at"]),
            "due_at": at(row["due_at"]),
            "replied_at": at(row["replied_at"]),
        }


def _child(numbers: Numbers, contact: str, child: int, who: int | None, known: str) -> str:
    return unmatched(contact, child) if who is None else numbers.of(who, known)
