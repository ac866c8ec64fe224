"""A professional disagrees with an outcome: put on record, answered, taken a step up, settled."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.frontdoor.access import may_authorise, may_take
from sightline.service.frontdoor.actions.steps import (
    IncompleteError,
    NotAllowedError,
    StepError,
)
from sightline.service.frontdoor.models import Contact, Disagreement, Recommendation

TOP = Disagreement.Step.BOARD


def raise_disagreement(contact: Contact, raised_by: str, why: str) -> Disagreement:
    """Put on record that somebody disagrees with what was decided; `IncompleteError` if nothing was yet."""
    if not contact.recommendations.exclude(decided_outcome="").exists():
        raise IncompleteError("Nothing was decided yet about this contact.")
    with transaction.atomic():
        return Disagreement.objects.create(contact=contact, raised_by=raised_by, why=why)


def answer_disagreement(
    disagreement: Disagreement, answer: str, *, outcome_changed: bool, settled: bool, by: Person
) -> None:
    """Answer a step, and say whether it ends there.

    Between practitioners an officer answers; from the managers' step on, somebody who may authorise and did
    not decide what is disputed.
    """
    contact = disagreement.contact
    if disagreement.step == Disagreement.Step.PRACTITIONER:
        if not (may_take(by, contact) or may_authorise(by, contact)):
            raise NotAllowedError("Officers of the front door answer this step.")
    elif not may_authorise(by, contact):
        raise NotAllowedError(
            "From the managers’ step on, a registered manager of the contact answers."
        )
    elif decided_by(contact, by):
        raise NotAllowedError("You decided what is disputed: another manager answers.")
    now = timezone.now()
    with transaction.atomic():
        written = Disagreement.objects.filter(pk=disagreement.pk, answered_at=None).update(
            answer=answer,
            answered_by=by,
            answered_at=now,
            outcome_changed=outcome_changed,
            settled_at=now if settled else None,
            version=F("version") + 1,
        )
        if not written:
            raise StepError("Another has answered this meanwhile. Nothing was changed.")


def decided_by(contact: Contact, person: Person) -> bool:
    """Whether somebody made the last decision about a contact."""
    last = Recommendation.objects.filter(contact=contact).exclude(decided_outcome="").first()
    return last is not None and last.decided_by_id == person.pk


def take_up(disagreement: Disagreement, why: str) -> Disagreement:
    """Take an answered step one step up; `StepError` where it was, is settled, or there is none above."""
    if disagreement.answered_at is None:
        raise IncompleteError("This step has not been answered yet.")
    if disagreement.settled_at is not None or disagreement.step >= TOP:
        raise StepError("It goes no further up from here.")
    try:
        with transaction.atomic():
            return Disagreement.objects.create(
                contact=disagreement.contact,
                follows=disagreement,
                step=disagreement.step + 1,
                raised_by=disagreement.raised_by,
                why=why,
            )
    except IntegrityError:
        raise StepError("It was taken a step up already. Nothing was changed.") from None
