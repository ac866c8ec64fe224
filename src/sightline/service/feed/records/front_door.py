"""Contacts, a row for each child; and what agencies were asked."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, TruncDate

from sightline.service.feed.records.numbers import Numbers, unmatched
from sightline.service.feed.records.standing import children_fed, stand_ins
from sightline.service.feed.records.values import CHUNK, Row, at, day, flag
from sightline.service.frontdoor.beginning import BEGINS_WORK
from sightline.service.frontdoor.letters import is_of_public
from sightline.service.frontdoor.models import (
    Contact,
    ContactChild,
    InformationRequest,
    OutcomeNotice,
    Recommendation,
    TriagedContact,
)
from sightline.service.frontdoor.models.decisions import Outcome
from sightline.service.protection.models import Referral

_NOT_SAID = ("", "10")
"""Sources that do not say who somebody is."""
_DECIDED = (Contact.State.DECIDED, Contact.State.CLOSED)
"""States in which a decision stands: one reopened waits for another."""
_OF_CONTACT = (
    *("number", "state", "reopened_at", "source", "agency", "is_anonymous"),
    *("priority_at", "consent", "override_basis", "override_reason"),
)
_CAME = Case(
    When(added_at__gte=F("contact__reopened_at"), then=F("contact__reopened_at")),
    default=F("contact__received_at"),
)
"""When a contact came as one about this child: one added since it was opened again is of no time before."""


def contacts(numbers: Numbers) -> Iterator[Row]:
    """Give each contact of each child. What is decided is told of contacts that are decided now.

    Of one opened again, the first decision is told beside: what was judged by it then stays as it was.
    Nothing is recommended without a priority: where it was changed since, there was one by then. A decision
    for social care is a new referral of the children whose case it began: of others it was passed on.
    """
    began = _begun(numbers)
    decided = (
        Recommendation.objects.filter(contact=OuterRef("contact"), decided_at__isnull=False)
        .exclude(decided_outcome="")
        .order_by("-decided_at", "-pk")
    )
    first = decided.order_by("decided_at", "pk")
    triaged = TriagedContact.objects.filter(
        contact=OuterRef("contact"), triage__day__gte=OuterRef("came_on")
    ).order_by("triage__day")
    recommended = Recommendation.objects.filter(
        contact=OuterRef("contact"), at__gte=OuterRef("came")
    ).order_by("at", "pk")
    rows = (
        children_fed()
        .alias(came_on=TruncDate(_CAME))
        .annotate(
            came=_CAME,
            decision=Subquery(decided.values("pk")[:1]),
            first_decision=Subquery(first.values("pk")[:1]),
            outcome=Subquery(decided.values("decided_outcome")[:1]),
            decided=Subquery(decided.values("decided_at")[:1]),
            first_decided=Subquery(first.values("decided_at")[:1]),
            level=Subquery(
                decided.values(stands=Coalesce("decided_level__number", "level__number"))[:1]
            ),
            meets=Subquery(
                decided.values(
                    stands=Coalesce("decided_level__meets_threshold", "level__meets_threshold")
                )[:1]
            ),
            triaged=Subquery(triaged.values("triage__day")[:1]),
            recommended=Subquery(recommended.values("at")[:1]),
            sent=_told_of("decision"),
            first_sent=_told_of("first_decision"),
            known=F("person__number"),
            place=Coalesce("contact__locality__name", "contact__team__locality__name"),
            stated=F("contact__level_declared__number"),
            team=F("contact__team__name"),
            **{name: F(f"contact__{name}") for name in _OF_CONTACT},
        )
        .order_by("contact__received_at", "pk")
        .values(
            *("pk", "person", "known", "place", "team", "stated", *_OF_CONTACT),
            *("came", "outcome", "decided", "level", "meets", "triaged", "recommended", "sent"),
            *("first_decided", "first_sent"),
        )
    )
    for row in rows.iterator(CHUNK):
        is_decided = row["state"] in _DECIDED and row["decided"] is not None
        outcome = row["outcome"] if is_decided else None
        came = row["came"]
        again = row["reopened_at"] if row["reopened_at"] != came else None
        given = row["priority_at"] if row["priority_at"] and row["priority_at"] >= came else None
        days = [day(each) for each in (given, row["triaged"], row["recommended"]) if each]
        child = _child(numbers, row["number"], row["pk"], row["person"], row["known"])
        is_new = outcome in BEGINS_WORK and (row["number"], child) in began
        yield {
            "child_id": child,
            "contact_date": day(came),
            "contact_id": row["number"],
            "contact_source": row["source"],
            "professional": flag(_is_professional(row)),
            "received_at": at(came),
            "reopened_at": at(again),
            "reopened_date": day(again),
            "triage_date": min(filter(None, days), default=None),
            "referrer_level": row["stated"],
            "level": row["level"] if is_decided else None,
            "meets_threshold": flag(row["meets"]) if is_decided else None,
            "consent": row["consent"].upper(),
            "consent_overridden": flag(_is_overridden(row)),
            "decision_date": day(row["decided"]) if is_decided else None,
            "outcome_sent_date": day(row["sent"]) if is_decided else None,
            "first_decision_date": day(row["first_decided"]) if again else None,
            "first_outcome_sent_date": day(row["first_sent"]) if again else None,
            "new_referral": flag(is_new) if outcome else None,
            "no_further_action": flag(outcome == Outcome.NO_FURTHER_ACTION) if outcome else None,
            "advice": flag(outcome == Outcome.ADVICE) if outcome else None,
            "locality": row["place"],
            "team": row["team"],
        }


def _begun(numbers: Numbers) -> set[tuple[str, str]]:
    """Give the number of each contact that began a case, with that of the child whose case it is."""
    rows = Referral.objects.filter(contact__isnull=False).order_by()
    found = rows.values_list("contact__number", "child", "child__number")
    return {
        (contact, numbers.of(child, number)) for contact, child, number in found.iterator(CHUNK)
    }


def _is_professional(row: dict[str, Any]) -> bool | None:
    """Whether a professional made it who gave a name; not known where nobody has said who it was."""
    if row["is_anonymous"]:
        return False
    if row["agency"] is None and row["source"] in _NOT_SAID:
        return None
    return not is_of_public(row["agency"], row["source"])


def _told_of(decision: str) -> Subquery:
    told = OutcomeNotice.objects.filter(decision=OuterRef(decision))
    return Subquery(told.exclude(how=OutcomeNotice.How.NOBODY).values("sent_at")[:1])


def _is_overridden(row: dict[str, Any]) -> bool | None:
    """Whether it goes ahead on a lawful ground with a reason; not known where nothing is said of consent."""
    ground, reason = row["override_basis"], row["override_reason"].strip()
    if not (ground or reason) and row["consent"] in ("", Contact.Consent.NOT_KNOWN):
        return None
    return bool(ground and reason)


def information_requests(numbers: Numbers) -> Iterator[Row]:
    """Give each question to an agency for each child named in it, or, if none is, each of the contact.

    A row that was set aside as no child is none of either, unless it stands for its contact.
    """
    named = ContactChild.objects.filter(asked_about=OuterRef("pk"))
    standing = frozenset(stand_ins())
    asked = InformationRequest.objects
    yield from _asked(numbers, standing, asked.filter(Exists(named)), "children")
    yield from _asked(numbers, standing, asked.filter(~Exists(named)), "contact__children")


def _asked(
    numbers: Numbers,
    standing: frozenset[int],
    rows: QuerySet[InformationRequest],
    children: str,
) -> Iterator[Row]:
    found = (
        rows.annotate(
            child=F(children),
            aside=F(f"{children}__aside_at"),
            who=F(f"{children}__person"),
            known=F(f"{children}__person__number"),
            number=F("contact__number"),
            asked=F("agency__name"),
            team=F("contact__team__name"),
            place=Coalesce("contact__locality__name", "contact__team__locality__name"),
        )
        .order_by("pk", "child")
        .values(
            *("pk", "child", "aside", "who", "known", "number", "asked", "team", "place"),
            *("asked_at", "due_at", "replied_at", "refused_because"),
        )
    )
    for row in found.iterator(CHUNK):
        is_aside = row["aside"] is not None and row["child"] not in standing
        if row["child"] is None or is_aside:
            continue  # a contact about nobody, or a row that is no child
        yield {
            "child_id": _child(numbers, row["number"], row["child"], row["who"], row["known"]),
            "request_id": str(row["pk"]),
            "contact_id": row["number"],
            "agency": row["asked"],
            "asked_at": at(row["asked_at"]),
            "due_date": day(row["due_at"]),
            "due_at": at(row["due_at"]),
            "replied_at": at(row["replied_at"]),
            "refused": flag(bool(row["refused_because"])) if row["replied_at"] else None,
            "locality": row["place"],
            "team": row["team"],
        }


def _child(numbers: Numbers, contact: str, child: int, who: int | None, known: str) -> str:
    return unmatched(contact, child) if who is None else numbers.of(who, known)
