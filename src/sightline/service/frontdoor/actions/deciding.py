"""What is recommended, and what another, qualified person decides. No decision has a default."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from sightline.clocks.rules import due_at
from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.audit.context import because
from sightline.service.frontdoor.actions.steps import move, need_allowed
from sightline.service.frontdoor.beginning import begin_work, need_children
from sightline.service.frontdoor.letters import need_referrer
from sightline.service.frontdoor.models import (
    Contact,
    Guidance,
    Level,
    OutcomeNotice,
    Recommendation,
)
from sightline.service.frontdoor.models.decisions import Outcome
from sightline.service.frontdoor.queries.thresholds import guidance_on
from sightline.service.frontdoor.routing import ask_fears_again, need_routed
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

    One that came when no guidance was in force is held to today's, from now on. `IncompleteError` says what
    is missing; `StepError` where one waits already.
    """
    _need_whole(contact, outcome, offered_instead)
    guidance = guidance_for(contact)
    if guidance is None:
        raise IncompleteError(NO_GUIDANCE)
    if level.guidance_id != guidance.pk:
        raise IncompleteError("The level must be of the guidance in force when the contact came.")
    try:
        with transaction.atomic(), because(rationale):
            move(Verb.RECOMMEND, contact, by, guidance=guidance)
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


NO_GUIDANCE = "No levels of need are in force. The board must publish them first."


def guidance_for(contact: Contact) -> Guidance | None:
    """Give the levels of need to which a contact is held: those of its day or, if it had none, of today."""
    return contact.guidance or guidance_on(timezone.localdate())


def _need_whole(contact: Contact, outcome: str, offered_instead: str) -> None:
    if not contact.priority:
        raise IncompleteError("First say how urgent the contact is, and why.")
    _need_known(contact, outcome)
    _need_offer(outcome, offered_instead)


def _need_known(contact: Contact, outcome: str) -> None:
    """`IncompleteError` where it is not known who made it, what is feared, whose it is, or about whom."""
    need_referrer(contact)
    if not contact.kind:
        raise IncompleteError("First say what kind of concern it is, so that like is held to like.")
    need_routed(contact)
    _need_place(contact)
    need_children(contact, outcome)


def _need_place(contact: Contact) -> None:
    if not (contact.team_id or contact.locality_id):
        raise IncompleteError(
            "First say whose it is: the team, or the locality where the child lives."
        )


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
    level: Level | None = None,
    by: Person,
) -> None:
    """Decide for another outcome, or another level of need, than was recommended."""
    other = level if level is not None and level.pk != recommendation.level_id else None
    if outcome == recommendation.outcome and other is None:
        raise IncompleteError("This is what was recommended: authorise it, or choose another.")
    if other is not None and other.guidance_id != recommendation.level.guidance_id:
        raise IncompleteError("The level must be of the guidance in force when the contact came.")
    offered = offered_instead or recommendation.offered_instead
    _need_offer(outcome, offered)
    _decide(
        Verb.CHANGE,
        recommendation,
        Recommendation.State.CHANGED,
        rationale,
        by,
        decided_outcome=outcome,
        decided_level=other,
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
        # Locked, so that nothing of it changes between what is asked of it and what is decided.
        contact = Contact.objects.select_for_update().get(pk=recommendation.contact_id)
        need_allowed(verb, contact, by)
        if "decided_outcome" in changes:
            _need_known(contact, changes["decided_outcome"])
        move(verb, contact, by)
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
            begin_work(contact)


def reopen(contact: Contact, reason: str, *, by: Person) -> None:
    """Open a closed contact again, with the reason; what was decided, and how it was routed, stays on record.

    The time by which to decide is reckoned from now, as nobody could have decided again before. Whether a
    child is missing or may be exploited is asked again, and what is feared is routed anew.
    """
    if not reason:
        raise IncompleteError("Say why it is opened again.")
    now = timezone.now()
    with transaction.atomic(), because(reason):
        need_allowed(Verb.REOPEN, contact, by)
        now_it_is = Contact.objects.select_for_update().get(pk=contact.pk)
        move(
            Verb.REOPEN,
            contact,
            by,
            closed_at=None,
            reopened_at=now,
            decide_by=due_at("REF-1", now),
            **ask_fears_again(now_it_is, by),
        )
