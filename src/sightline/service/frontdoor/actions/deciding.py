"""What is recommended, and what another, qualified person decides. No decision has a default."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from sightline.clocks.rules import due_at
from sightline.service.accounts.models import Person
from sightline.service.audit.context import because
from sightline.service.frontdoor.actions.steps import (
    IncompleteError,
    NotAllowedError,
    StepError,
    move,
)
from sightline.service.frontdoor.beginning import begin_work
from sightline.service.frontdoor.models import Contact, Level, OutcomeNotice, Recommendation
from sightline.service.frontdoor.models.decisions import Outcome
from sightline.service.frontdoor.states import Verb

HELPS = frozenset({Outcome.REFERRAL, Outcome.STRATEGY, Outcome.ALREADY_OPEN})
"""Outcomes by which social care itself helps. With any other it is said what was offered instead."""
OWN = "You recommended this yourself: another manager decides."
UNREGISTERED = "Only a registered social worker decides about a contact."


def recommend(
    contact: Contact,
    *,
    outcome: str,
    level: Level,
    rationale: str,
    offered_instead: str = "",
    taken_up: str = "",
    by: Person,
) -> Recommendation:
    """Recommend what becomes of a contact.

    `IncompleteError` says what is missing; `StepError` where one waits already.
    """
    _need_whole(contact, outcome, offered_instead)
    if level.guidance_id != contact.guidance_id:
        raise IncompleteError("The level must be of the guidance in force when the contact came.")
    try:
        with transaction.atomic(), because(rationale):
            move(Verb.RECOMMEND, contact, by)
            return Recommendation.objects.create(
                contact=contact,
                outcome=outcome,
                level=level,
                rationale=rationale,
                offered_instead=offered_instead,
                taken_up=taken_up,
                by=by,
            )
    except IntegrityError:
        raise StepError("A recommendation waits already. Nothing was changed.") from None


def _need_whole(contact: Contact, outcome: str, offered_instead: str) -> None:
    if not contact.priority:
        raise IncompleteError("First say how urgent the contact is, and why.")
    if not contact.kind:
        raise IncompleteError("First say what kind of concern it is, so that like is held to like.")
    if (contact.missing or contact.exploitation) and contact.routed_at is None:
        raise IncompleteError(
            "A child is missing or may be exploited: first route the contact to the complex-safeguarding "
            "team."
        )
    _need_offer(outcome, offered_instead)


def _need_offer(outcome: str, offered_instead: str) -> None:
    if outcome not in HELPS and not offered_instead:
        raise IncompleteError("Say what help was offered instead; where none was, say so and why.")


def return_recommendation(recommendation: Recommendation, rationale: str, *, by: Person) -> None:
    """Send a recommendation back to the officer, with what is missing."""
    _decide(Verb.RETURN, recommendation, Recommendation.State.RETURNED, rationale, by)


def authorise(recommendation: Recommendation, rationale: str, *, by: Person) -> None:
    """Authorise what was recommended: it is the decision, and the referrer is to be told."""
    _decide(
        Verb.AUTHORISE,
        recommendation,
        Recommendation.State.AUTHORISED,
        rationale,
        by,
        decided_outcome=recommendation.outcome,
    )


def authorise_another(
    recommendation: Recommendation,
    outcome: str,
    rationale: str,
    *,
    offered_instead: str = "",
    by: Person,
) -> None:
    """Decide for another outcome than was recommended."""
    if outcome == recommendation.outcome:
        raise IncompleteError("This is what was recommended: authorise it, or choose another.")
    offered = offered_instead or recommendation.offered_instead
    _need_offer(outcome, offered)
    _decide(
        Verb.CHANGE,
        recommendation,
        Recommendation.State.CHANGED,
        rationale,
        by,
        decided_outcome=outcome,
        offered_instead=offered,
    )


def _decide(
    verb: Verb,
    recommendation: Recommendation,
    state: Recommendation.State,
    rationale: str,
    by: Person,
    **changes: Any,
) -> None:
    """Write a decision: of two at once only the first finds the recommendation waiting."""
    if recommendation.by_id == by.pk:
        raise NotAllowedError(OWN)
    if not by.registration:
        raise NotAllowedError(UNREGISTERED)
    if not rationale:
        raise IncompleteError("Say why: a decision without its rationale is none.")
    now = timezone.now()
    with transaction.atomic(), because(rationale):
        move(verb, Contact.objects.get(pk=recommendation.contact_id), by)
        written = Recommendation.objects.filter(
            pk=recommendation.pk, state=Recommendation.State.WAITING
        ).update(
            state=state,
            decision_rationale=rationale,
            decided_by=by,
            decided_at=now,
            version=F("version") + 1,
            **changes,
        )
        if not written:
            raise StepError(
                "Another has decided about this recommendation meanwhile. Nothing was changed."
            )
        if state is not Recommendation.State.RETURNED:
            OutcomeNotice.objects.create(
                contact_id=recommendation.contact_id,
                decision=recommendation,
                due_at=due_at("NOTICE-1", now),
            )
            begin_work(Contact.objects.get(pk=recommendation.contact_id))


def reopen(contact: Contact, reason: str, *, by: Person) -> None:
    """Open a closed contact again, with the reason; what was decided stays on record."""
    if not reason:
        raise IncompleteError("Say why it is opened again.")
    with transaction.atomic(), because(reason):
        move(Verb.REOPEN, contact, by, closed_at=None)
